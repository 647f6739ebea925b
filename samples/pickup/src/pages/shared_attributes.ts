/** Exactly what came about the person, and, apart from it, what the protocol itself needed. */
import { html } from 'hono/html'
import type { Claims } from '../sessions.ts'
import type { Html } from './frame.ts'

/** OpenID Connect Core 1.0 section 5.1, in plain words. An attribute that is missing here is shown by its own name. */
const WORDS: Readonly<Record<string, string>> = {
  name: 'Full name',
  given_name: 'Given name',
  family_name: 'Family name',
  middle_name: 'Middle name',
  nickname: 'Nickname',
  preferred_username: 'User name',
  profile: 'Profile page',
  picture: 'Picture',
  website: 'Website',
  email: 'E-mail address',
  email_verified: 'E-mail address confirmed',
  gender: 'Gender',
  birthdate: 'Date of birth',
  zoneinfo: 'Time zone',
  locale: 'Language',
  phone_number: 'Phone number',
  phone_number_verified: 'Phone number confirmed',
  address: 'Address',
  updated_at: 'Last changed',
}

/** RFC 7519, OpenID Connect Core sections 2 and 3: about the token and the sign-in, not about the person. */
const PROTOCOL = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'nbf',
  'jti',
  'nonce',
  'azp',
  'sid',
  'acr',
  'amr',
  'auth_time',
  'at_hash',
  'c_hash',
  's_hash',
])
const SHOWN_PROTOCOL = ['iss', 'sub', 'acr', 'amr', 'auth_time', 'sid']

export function sharedAttributes(claims: Claims): Html {
  const shared = Object.entries(claims).filter(([name]) => !PROTOCOL.has(name))
  const technical = SHOWN_PROTOCOL.flatMap((name) => (claims[name] === undefined ? [] : [{ name, value: claims[name] }]))
  return html`<section>
      <h2 id="shared">What Gatehouse shared about you</h2>
      ${shared.length === 0 ? html`<p>Nothing but that it is you.</p>` : table(shared)}
      <details><summary>About this sign-in</summary>
        <dl class="facts">${technical.map(({ name, value }) => html`<div><dt><code>${name}</code></dt><dd>${spell(name, value)}</dd></div>`)}</dl>
      </details>
    </section>`
}

function table(shared: readonly (readonly [string, unknown])[]): Html {
  return html`<div class="scroll" role="region" aria-labelledby="shared" tabindex="0"><table>
        <thead><tr><th scope="col">Attribute</th><th scope="col">Value</th></tr></thead>
        <tbody>${shared.map(([name, value]) => html`<tr><th scope="row">${WORDS[name] ?? name} <code>${name}</code></th><td>${spell(name, value)}</td></tr>`)}</tbody>
      </table></div>`
}

function spell(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number' && (name === 'updated_at' || name === 'auth_time'))
    return new Date(value * 1000).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object' && value !== null && 'formatted' in value) return String(value.formatted)
  return JSON.stringify(value)
}
