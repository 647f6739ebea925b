/** The cab company's own look: black, a little yellow, plenty of room. Served as one file; nothing else is loaded. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf6, #141413);
  --card: light-dark(#ffffff, #1e1e1c);
  --ink: light-dark(#1a1a18, #f2f0e8);
  --soft: light-dark(#5b5a53, #b3b1a6);
  --line: light-dark(#dedbd0, #3a3934);
  --edge: light-dark(#8a877c, #7d7a70);
  --cab: #ffd02b;
  --night: #161614;
  --link: light-dark(#1a1a18, #ffd02b);
  --wrong: light-dark(#a3170d, #ff9d92);
  --wrong-paper: light-dark(#fdecea, #3a1a17);
  --said-paper: light-dark(#fff4c9, #37300f);
  font: 100%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--paper); color: var(--ink); }
main { flex: 1; padding-block: 1.75rem 3rem; }
.width { width: 100%; max-width: 64rem; margin-inline: auto; padding-inline: 1.25rem; }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid light-dark(#1a1a18, #ffd02b); outline-offset: 2px; border-radius: .25rem; }
.skip { position: absolute; left: -99rem; background: var(--cab); color: #161614; padding: .5rem 1rem; z-index: 1; }
.skip:focus { left: .5rem; top: .5rem; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); line-height: 1.15; letter-spacing: -.02em; margin: 0 0 1rem; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 2.25rem 0 .75rem; }
code { font: .85em ui-monospace, SFMono-Regular, Menlo, monospace; color: var(--soft); overflow-wrap: anywhere; }
.hint { color: var(--soft); font-size: .9rem; font-weight: 400; }
.bar { background: var(--night); color: #f7f5ec; }
.bar > .width { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding-block: .6rem; }
.bar :focus-visible { outline-color: var(--cab); }
.brand { display: inline-flex; align-items: center; gap: .65rem; color: inherit; font-weight: 650; text-decoration: none; min-height: 2.75rem; }
.who { display: flex; align-items: center; gap: .75rem; margin: 0; min-width: 0; }
.who span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 12rem; }
.chequer { height: 6px; background: conic-gradient(var(--cab) 25%, var(--night) 0 50%, var(--cab) 0 75%, var(--night) 0) 0 0 / 6px 6px; }
.tabs { background: var(--card); border-bottom: 1px solid var(--line); }
.tabs ul { display: flex; gap: 1.5rem; list-style: none; margin-block: 0; }
.tabs a { display: block; padding: .8rem 0 .65rem; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--cab); }
.button, button { font: inherit; cursor: pointer; }
.button { display: inline-block; min-height: 3rem; padding: .7rem 1.9rem; border: 2px solid #161614; border-radius: .5rem; background: var(--cab); color: #161614; font-weight: 650; text-decoration: none; }
.button:hover { background: #ffdc5e; }
.quiet { min-height: 2.75rem; padding: .35rem .95rem; border: 1px solid #8f8c80; border-radius: .5rem; background: transparent; color: inherit; }
.quiet:hover { background: #2b2b28; }
.hero { max-width: 40rem; padding-block: 1.25rem .5rem; }
.hero h1 { font-size: clamp(2rem, 1.3rem + 3.4vw, 3.1rem); }
.hero .button { min-width: 11rem; text-align: center; font-size: 1.1rem; }
.lead { font-size: 1.15rem; color: var(--soft); margin: 0 0 1.5rem; text-wrap: pretty; }
.choices { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.5rem; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); list-style: none; margin: 1.5rem 0 0; padding: 0; }
.cards li, .figures div { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.15rem; }
.cards h2 { margin: 0 0 .3rem; font-size: 1rem; }
.cards p { margin: 0; color: var(--soft); }
.figures { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); margin: 0; }
.figures dt { color: var(--soft); font-size: .9rem; }
.figures dd { margin: .15rem 0 0; font-size: 1.25rem; font-weight: 600; overflow-wrap: anywhere; }
@media (max-width: 30rem) { .who span { display: none; } .figures { gap: .6rem; } .figures div:last-child:nth-child(odd) { grid-column: 1 / -1; } .figures div { padding: .75rem .9rem; } }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; padding: .7rem 1rem; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { font-size: .85rem; color: var(--soft); font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; }
tbody th code, tbody th .hint { display: block; font-weight: 400; }
.past > * { color: var(--soft); }
@media (max-width: 40rem) {
  .board table, .board tbody, .board tr { display: block; }
  .board thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .board tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .board tr:last-child { border-bottom: 0; }
  .board :is(td, tbody th) { display: grid; grid-template-columns: 6rem 1fr; gap: .75rem; padding: .2rem 1rem; border: 0; }
  .board :is(td, tbody th)::before { content: attr(data-column); color: var(--soft); font-weight: 400; }
}
.empty { padding: 1.25rem; border: 1px dashed var(--edge); border-radius: .75rem; color: var(--soft); margin: 0; }
details { margin-top: 1rem; }
summary { cursor: pointer; padding-block: .5rem; color: var(--soft); }
.facts { margin: .25rem 0 0; }
.facts div { display: grid; grid-template-columns: 7rem 1fr; gap: .75rem; padding-block: .3rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.notice { margin: 0 0 1.25rem; padding: .75rem 1rem; border-radius: .5rem; border-inline-start: 4px solid var(--cab); background: var(--said-paper); }
.notice.wrong { border-inline-start-color: var(--wrong); background: var(--wrong-paper); }
.fields { display: grid; gap: 1rem 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); align-items: start; }
.fields .wide, .fields .notice { grid-column: 1 / -1; margin: 0; }
.field { margin: 0; display: grid; gap: .3rem; }
label { font-weight: 600; }
input, select { font: inherit; width: 100%; min-height: 3rem; padding: .5rem .75rem; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; }
[aria-invalid] { border: 2px solid var(--wrong); }
span.wrong { color: var(--wrong); font-size: .95rem; }
.wrong[role] { color: inherit; }
footer { padding-block: 1rem 1.5rem; color: var(--soft); font-size: .9rem; border-top: 1px solid var(--line); }
footer p { margin: 0; }
`

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#ffd02b"/><path fill="#161614" d="M12 6h8v3h-8zM8.5 17l2-6h11l2 6zM6 17h20v7h-3v2h-4v-2h-6v2H9v-2H6z"/><circle cx="10.5" cy="20.500" r="1.500" fill="#ffd02b"/><circle cx="21.500" cy="20.500" r="1.500" fill="#ffd02b"/></svg>`
