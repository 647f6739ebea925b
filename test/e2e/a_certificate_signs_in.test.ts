/** Robin has a certificate: adds it at My Account, signs in with it, is asked for it beside the password, and takes it away again. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../browser/accessible.ts'
import type { Person } from '../browser/person.ts'
import { makeAuthority, makeCertificate } from '../fixture/certificates.ts'
import { mtlsFlags } from '../fixture/mtls_flags.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

describe('Robin and a certificate', () => {
  const authority = makeAuthority({ cn: 'Pickup people' })
  const card = makeCertificate({ by: authority, cn: 'Robin at Pickup', until: new Date(Date.now() + 10 * 86_400_000) })
  let folder: string
  let story: Story
  let robin: Person
  let login: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-card-'))
    const { words } = await mtlsFlags(folder)
    story = await openStory({ words })
    login = `${story.house.issuer()}/login`
    await takeCertificates({})
    await story.giveRoles('robin', [])
    robin = await story.atMyAccount('Robin', 'robin', PASSWORD, withCard())
  })
  afterAll(async () => {
    await story.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** A browser in which the certificate was put, and which trusts the house's own. */
  function withCard() {
    const at = story.house.context.certificateOrigin ?? ''
    return { ignoreHTTPSErrors: true, clientCertificates: [{ origin: at, cert: Buffer.from(card.pem), key: Buffer.from(card.keyPem) }] }
  }

  async function takeCertificates(signIn: object): Promise<void> {
    const {
      id: _,
      issuer: __,
      ...tenant
    } = (await story.administer('GET', '/tenant')) as { id: string; issuer: string; active: boolean; policies: object }
    const { active: ___, ...settings } = tenant
    await story.administer('PUT', '/tenant', {
      ...settings,
      policies: { ...settings.policies, certificates: { authorities: [authority.pem] }, ...signIn },
    })
  }

  const signsOut = async () => {
    await robin.goTo(`${story.house.issuer()}/logout`)
    await robin.decide('allow')
  }

  test('shows it to My Account, sees what it says, and gives it a name', async () => {
    await robin.press('Security')
    await robin.sees('Sign in with a certificate')
    await robin.press('Add a certificate')
    await robin.sees('Add this certificate?')
    await robin.sees('CN=Robin at Pickup')
    expect(robin.page.url()).not.toContain('certificate=')
    await expectAccessible(robin.page)

    await robin.fill({ name: 'My badge' })
    await robin.press('Add')

    await robin.sees('The certificate is added.')
    await robin.sees('My badge')
    await robin.sees(/It expires on .* Add its successor in time/)
    await expectAccessible(robin.page)
    expect((await story.mails('robin@pickup.example', 'has changed')).at(-1)?.text).toContain('A certificate was added to your account.')
  })

  test('signs in with it alone', async () => {
    await signsOut()
    await robin.goTo(login)
    await expectAccessible(robin.page)

    await robin.press('Use a certificate')

    await robin.isAt(/\/account$/)
    await robin.sees('Welcome, Robin')
  })

  test('is told what to do in a browser that has none, and signs in otherwise', async () => {
    const elsewhere = await story.person('Robin, elsewhere', { ignoreHTTPSErrors: true })
    await elsewhere.goTo(login)
    await elsewhere.press('Use a certificate')
    await elsewhere.sees('Your browser showed none')
    await expectAccessible(elsewhere.page)

    await signIn(elsewhere, 'robin', PASSWORD)
    await elsewhere.sees('Show the certificate of your device')
    await expectAccessible(elsewhere.page)
    await elsewhere.press('Use a certificate')

    await elsewhere.sees('Your browser showed none')
    expect(elsewhere.troubles).toEqual([])
  })

  test('is asked for it beside the password, where the browser has it', async () => {
    await signsOut()
    await robin.goTo(login)
    await signIn(robin, 'robin', PASSWORD)
    await robin.sees('Show the certificate of your device')

    await robin.press('Use a certificate')

    await robin.isAt(/\/account$/)
  })

  test('takes it away, and it signs nobody in any more', async () => {
    await robin.press('Security')
    await robin.press('Remove My badge')
    await robin.sees('It does not sign you in any more')
    await robin.press('Remove')
    await robin.sees('The certificate is removed.')
    await signsOut()
    await robin.goTo(login)

    await robin.press('Use a certificate')

    await robin.sees('goes with no account here')
    expect(robin.troubles).toEqual([])
  })
})
