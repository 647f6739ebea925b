/** Browser and system in a word each, from the User-Agent header: a hint for the person, proof of nothing. */

/** Order matters: most browsers also call themselves by the names of others. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chromium|Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.* Safari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

export function browserOf(userAgent: string): { browser: string | undefined; system: string | undefined } {
  const first = (table: readonly (readonly [RegExp, string])[]) => table.find(([pattern]) => pattern.test(userAgent))?.[1]
  return { browser: first(BROWSERS), system: first(SYSTEMS) }
}

/** What a thing of this browser is called until its person calls it something else: names only, the same in every language. */
export function deviceName(userAgent: string): string {
  const { browser, system } = browserOf(userAgent)
  return [browser, system].filter((part) => part !== undefined).join(', ')
}
