/** The pages that lead to where a certificate is shown, and the place of My Account where they are kept. The certificates' own host has no page. */
import { randomBytes } from 'node:crypto'
import { addCredential, newCredential } from '@gatehouse/identity/credentials.ts'
import { makeAuthority } from '../../fixture/certificates.ts'
import { PASSWORD, type Story } from '../story.ts'
import type { Walk } from './reader.ts'
import { underPolicies } from './under_policies.ts'

const STEPS = [{ anyOf: ['password', 'x509'] }, { anyOf: ['x509'], ifNotEnrolled: 'enrol' }]

export const showingACertificate: Walk = async ({ story, issuer, person, named, visits, submits, looksAt, opensAccount }) => {
  const certificates = { authorities: [makeAuthority().pem] }
  const signIn = { steps: [{ anyOf: ['password'] }] }
  await underPolicies(story, { certificates, signIn }, async () => {
    const holder = named('holder')
    await story.giveRoles(holder, [])
    const request = await story.requestOf('carded', { gatehouse_sign_in: { steps: STEPS } })
    const nameFirst = await story.requestOf('carded-name', { gatehouse_sign_in: { steps: STEPS, identifierFirst: true } })
    const robin = await person('Robin')
    await visits(robin, nameFirst, request)
    await robin.page.locator('button[value=x509]').waitFor()
    await robin.fill({ username: holder, password: PASSWORD })
    await submits(robin)
    await robin.isAt(/\/mfa\/enrol/)
    await looksAt(robin)

    await giveCertificate(story, holder)
    await robin.goTo(robin.page.url())
    await robin.isAt(/\/mfa\?/)
    await looksAt(robin)

    await robin.goTo(`${issuer}/login`)
    await robin.fill({ username: holder, password: PASSWORD })
    await submits(robin)
    await robin.isAt(/\/account/)
    await opensAccount(robin, '/security')
    await robin.page.getByText('CN=').first().waitFor()
    await looksAt(robin)
  })
}

/** As if it had been added long ago, and were about to expire. */
async function giveCertificate({ house }: Story, userName: string): Promise<void> {
  const here = house.context
  const user = await here.stores.users.findByName(userName)
  if (!user) throw new Error(`there is no ${userName}`)
  const subject = 'CN=Somebody with a rather long name,OU=A department of that name,O=An organisation whose name goes on and on,C=DE'
  const validUntil = Math.floor(here.clock.now() / 1000) + 5 * 86_400
  const facts = { thumbprint: randomBytes(32).toString('base64url'), subject, issuer: 'CN=An authority', validUntil, selfSigned: false }
  await addCredential(here, user.id, { ...newCredential(here, 'Badge'), kind: 'x509', ...facts })
}
