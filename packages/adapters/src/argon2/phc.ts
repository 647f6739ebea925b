/** Argon2id hashes as PHC strings: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, base64 without padding. */

export type Cost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number }
export type Hashed = { readonly cost: Cost; readonly salt: Buffer; readonly hash: Buffer }

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/
/** A hash from elsewhere may cost more than ours, but not the machine. */
const MAXIMUM_MEMORY_KIB = 262_144
const MAXIMUM_PASSES = 16

export function renderPhc({ cost, salt, hash }: Hashed): string {
  return `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=${cost.lanes}$${base64(salt)}$${base64(hash)}`
}

/** The text itself is secret enough not to stand in an error. */
export function parsePhc(phc: string): Hashed {
  const [, memory, passes, lanes, salt, hash] = PHC.exec(phc) ?? []
  if (salt === undefined || hash === undefined) throw new TypeError('A stored password hash is no Argon2id PHC string.')
  const cost = { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) }
  if (cost.memoryKib > MAXIMUM_MEMORY_KIB || cost.passes > MAXIMUM_PASSES)
    throw new TypeError('A stored password hash costs too much to be checked.')
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
