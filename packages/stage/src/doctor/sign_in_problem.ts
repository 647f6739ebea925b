/** What is wrong with an issuer's metadata (RFC 8414 section 3.3), as a stranger gets it. */
export function signInProblem(issuer: string, status: number, text: string): string | undefined {
  if (status !== 200) return `answers ${status}`
  try {
    const answered: unknown = JSON.parse(text)
    if (answered !== null && typeof answered === 'object' && 'issuer' in answered && answered.issuer === issuer) return undefined
  } catch {
    // told below, as any other answer of something else
  }
  return 'answers as something else, not as this issuer'
}
