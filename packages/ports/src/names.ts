/** The world's names: what DNS says now. */
export interface Names {
  /** The texts of the TXT records of a name, each joined; none where there is no such name. Throws `IamError('unavailable')` where nobody answers. */
  txt(name: string): Promise<readonly string[]>
  /** Where its CNAME records lead, in small letters without a dot at the end. Otherwise as `txt`. */
  cname(name: string): Promise<readonly string[]>
}
