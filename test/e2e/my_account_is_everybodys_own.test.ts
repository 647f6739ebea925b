/** My Account for every person: profile, password, sessions, what is shared with whom, own requests. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, openTask, PASSWORD, type Story, signIn } from './story.ts'

const NEW_PASSWORD = 'eleven yellow taxis'

describe('Robin at My Account', () => {
  let story: Story
  let robin: Person
  let account: string
  let dispatch: string

  beforeAll(async () => {
    story = await openStory()
    account = `${story.house.issuer()}/account`
    dispatch = `${story.house.samplesOrigin}/pickup-dispatch`
    await story.apply('robin')
    for (const [name, userName] of [
      ['Alex', 'alex'],
      ['Cameron', 'cameron'],
    ] as const) {
      await story.house.messages()
      const manager = await story.atMyAccount(name, userName, `${userName}123`)
      await openTask(manager, 'Robin Rider')
      await manager.decide('approve')
      await manager.sees('You approved this request.')
      await manager.leave()
    }
    robin = await story.person('Robin')
  })
  afterAll(() => story.close())

  test('opening the sign-in page by itself leads to My Account', async () => {
    await robin.goTo(`${story.house.issuer()}/login`)
    await signIn(robin, 'robin', PASSWORD)
    await robin.isAt(account)
    await robin.sees('Welcome, Robin')
  })

  test('shows the profile, and that the address is not confirmed yet', async () => {
    await robin.press('Profile')
    await robin.sees('robin@example.org')
    await robin.sees('+15550100199')
    await robin.sees('not confirmed yet')
  })

  test('confirms the address with the link of the mail', async () => {
    await robin.press('Send the mail again')
    await robin.sees(/We have sent a mail to/)
    const mail = (await story.mails('robin@example.org', 'confirm your e-mail address')).at(-1)
    await robin.goTo(/https?:\S+verify-email\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    await robin.press('Confirm the address')
    await robin.sees('Address confirmed')

    await robin.goTo(`${account}/profile`)
    await robin.sees('confirmed')
    await robin.doesNotSee('Send the mail again')
  })

  test('edits the profile', async () => {
    await robin.press('Edit')
    await robin.fill({ given_name: 'Robyn' })
    await robin.press('Save')

    await robin.sees('Your profile is saved.')
    await robin.reloads()
    await robin.sees('Robyn')
  })

  test('changes the phone number with the code that came to it; what is wrong is told at its field', async () => {
    await robin.press('Change phone number')
    await robin.fill({ phone_number: '12' })
    await robin.press('Send a code')
    await robin.sees('This is not a phone number.')
    expect(await robin.page.locator('[name=phone_number]').getAttribute('aria-invalid')).toBe('true')
    await robin.fill({ phone_number: '+15550100123' })
    await robin.press('Send a code')
    await robin.sees('We have sent a code to')
    const texts = (await story.house.messages('+15550100123')).filter(({ kind }) => kind === 'text')
    await robin.fill({ otp: /^\D*(\d{6})\b/.exec(texts.at(-1)?.text ?? '')?.[1] ?? '' })
    await robin.press('Confirm')

    await robin.sees('Your phone number is changed.')
    await robin.sees('+15550100123')
  })

  test('sees the own request, approved, without a word of who decided', async () => {
    await robin.press('Operations')
    await robin.press('My requests')
    await robin.sees('Registration of a new person')
    await robin.sees('Approved')
    await robin.doesNotSee(/Alex|Cameron|For .*to decide/)
  })

  test('shares nothing yet', async () => {
    await robin.press('Applications')
    await robin.sees('You share nothing yet')
  })

  test('after signing in at Pickup Dispatch, sees what is shared, with whom, since when and what for', async () => {
    await robin.goTo(`${dispatch}/login`)
    await robin.tick('claim', 'email')
    await robin.press('Continue')
    await robin.sees('Welcome, Robyn')
    await robin.goTo(`${account}/applications`)

    const card = robin.page.getByRole('article', { name: 'Pickup Dispatch' })
    await card.waitFor()
    const text = await card.innerText()
    for (const words of ['To show drivers and passengers', 'Given name', 'E-mail address']) expect(text).toContain(words)
    expect(text).toMatch(/Since.*\b20\d\d\b/s)
    expect(text).toMatch(/You kept back[\s\S]*Phone number/)
  })

  test('revokes it: its refresh token and userinfo end at once, and it must ask again', async () => {
    const tokens = await tokensOfDispatch(story, robin)
    expect(await userinfo(story, tokens.access_token)).toBe(200)
    await robin.goTo(`${account}/applications`)
    await robin.press('Revoke the access of Pickup Dispatch')
    await robin.page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await robin.sees('Pickup Dispatch has no access any more.')
    await robin.sees('You share nothing yet')

    expect(await userinfo(story, tokens.access_token)).toBe(401)
    expect(await refresh(story, tokens.refresh_token)).toMatchObject({ error: 'invalid_grant' })
    await robin.goTo(`${dispatch}/login`)
    await robin.sees('Pickup Dispatch asks for access')
  })

  test('sees where Robin is signed in, and ends one session: that browser is signed out', async () => {
    const phone = await story.atMyAccount('Robin on the phone', 'robin', PASSWORD)
    await robin.goTo(`${account}/security`)
    await robin.sees('This browser')
    await robin.page
      .getByRole('button', { name: /^End the session of/ })
      .first()
      .click()
    await robin.sees('The session is ended.')

    await phone.reloads()
    await phone.isAt(/\/login/)
    await phone.leave()
  })

  test('ends all other sessions', async () => {
    const others = await Promise.all(['phone', 'tablet'].map((device) => story.atMyAccount(`Robin on the ${device}`, 'robin', PASSWORD)))
    await robin.reloads()
    await robin.press('End all others')
    await robin.page.getByRole('dialog').getByRole('button', { name: 'End all others' }).click()
    await robin.sees('2 sessions are ended.')
    await robin.sees('You are signed in nowhere else.')

    for (const other of others) {
      await other.reloads()
      await other.isAt(/\/login/)
      await other.leave()
    }
    await robin.reloads()
    await robin.sees('This browser')
  })

  test('does not change the password without the present one', async () => {
    await robin.fill({ current_password: 'not this one', new_password: NEW_PASSWORD })
    await robin.press('Change password')
    await robin.sees('This is not your present password.')
  })

  test('changes the password: a mail tells so, the old one is worth nothing, other browsers are signed out', async () => {
    const phone = await story.atMyAccount('Robin on the phone', 'robin', PASSWORD)
    await robin.fill({ current_password: PASSWORD, new_password: NEW_PASSWORD })
    await robin.press('Change password')
    await robin.sees('Your password is changed.')

    expect(await story.mails('robin@example.org', 'was changed')).toHaveLength(1)
    await phone.reloads()
    await phone.isAt(/\/login/)
    await signIn(phone, 'robin', PASSWORD)
    await phone.sees('The user name or the password is wrong.')
    await signIn(phone, 'robin', NEW_PASSWORD)
    await phone.isAt(/\/account/)
    await phone.leave()
    await robin.reloads()
    await robin.sees('This browser')
  })

  test('signs out, and the Back button signs nobody in', async () => {
    await robin.goTo(account)
    await robin.press(/^Signed in as/)
    await robin.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await robin.sees('You are signed out')
    await robin.page.goBack()

    await robin.isAt(/\/login|\/signed-out/)
    await robin.goTo(`${account}/profile`)
    await robin.isAt(/\/login/)
  })
})

type Tokens = { readonly access_token: string; readonly refresh_token: string }

/** As the application's server gets them, at the redirect URI of the application, in the browser where the person is signed in. */
async function tokensOfDispatch(story: Story, who: Person): Promise<Tokens> {
  const redirectUri = `${story.house.samplesOrigin}/pickup-dispatch/oauth2client`
  const verifier = 'v'.repeat(43)
  const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(verifier))).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'pickup-dispatch',
    redirect_uri: redirectUri,
    scope: 'openid profile email phone',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const answer = await who.context.request.get(`${story.house.issuer()}/oauth2/authorize?${query}`, { maxRedirects: 0 })
  const code = new URL(answer.headers().location ?? '').searchParams.get('code') ?? ''
  return (await token(story, { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier })) as Tokens
}

function refresh(story: Story, refreshToken: string): Promise<unknown> {
  return token(story, { grant_type: 'refresh_token', refresh_token: refreshToken })
}

async function token(story: Story, fields: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${story.house.issuer()}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('pickup-dispatch:pickup-dispatch-secret').toString('base64')}` },
    body: new URLSearchParams(fields),
  })
  return response.json()
}

async function userinfo(story: Story, accessToken: string): Promise<number> {
  return (await fetch(`${story.house.issuer()}/oauth2/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })).status
}
