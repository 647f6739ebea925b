/** Where "this was not me" in a mail leads: `GET /not-me` shows a button and changes nothing, since mail scanners follow links; `POST` acts, once. */
import { actOnNotMe, findNotMe, type NotMe } from '@gatehouse/identity/not_me.ts'
import { type NotMeState, renderNotMe } from '@gatehouse/pages/not_me.tsx'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export async function showNotMe(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const token = c.req.query('token') ?? ''
  const link = await findNotMe(here, token)
  const self = `/not-me?token=${encodeURIComponent(token)}`
  if (link === undefined) return show(c, self, 'expired')
  const form = { action: `${here.basePath}/not-me`, csrf: await csrfToken(here, 'not-me', token), hidden: { token } }
  return show(c, self, 'confirm', link.facts, form)
}

export async function submitNotMe(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const token = form.get('token') ?? ''
  await checkCsrf(c, form.get('csrf'), 'not-me', token)
  const link = await findNotMe(here, token)
  const secured = link && (await actOnNotMe(here, link))
  return secured && link ? show(c, undefined, 'done', link.facts) : show(c, undefined, 'expired')
}

async function show(
  c: HouseContext,
  self: string | undefined,
  state: NotMeState,
  facts?: NotMe,
  form?: { action: string; csrf: string; hidden: Record<string, string> },
): Promise<Response> {
  const props = await pageProps(c, self === undefined ? {} : { self })
  const html = renderNotMe({
    ...props,
    state,
    about: facts?.kind === 'address_change' ? 'address_change' : 'sign_in',
    recoverHref: `${c.env.here.basePath}/recover`,
    ...(form ? { form } : {}),
  })
  return page(c, html, { nonce: props.nonce, status: state === 'expired' ? 410 : 200 })
}
