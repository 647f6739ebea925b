/** What `npm start` prints when the house is open: the addresses, and the people of the demo. */
export type Row = readonly [string, string]

/** Two columns, aligned, under a title each. */
export function startTable(sections: readonly { readonly title: string; readonly rows: readonly Row[] }[]): string {
  const width = Math.max(...sections.flatMap((section) => section.rows.map(([name]) => name.length)))
  const lines = sections.flatMap(({ title, rows }) => [
    '',
    `  ${title}`,
    ...rows.map(([name, value]) => `    ${name.padEnd(width)}  ${value}`),
  ])
  return `${lines.join('\n')}\n`
}
