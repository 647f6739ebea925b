/** What an adaptive script shows in the midst of a sign-in: `GET` and `POST /prompt`. What that is, and whether anything is, the standing says. */

import { IamError } from '@gatehouse/core/error.ts'
import { renderScriptError, renderScriptForm, renderScriptWait } from '@gatehouse/pages/script_prompt.tsx'
import { isThere } from '@gatehouse/policy/script/poll.ts'
import { checkedUrl } from '@gatehouse/policy/script/prompt.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { errorPage, page, pageProps } from '../page.ts'
import { follow, giveUp } from './advance.ts'
import { loadInteraction } from './interaction_of.ts'
import { type Standing, standingOf } from './standing.ts'

type Shown = NonNullable<NonNullable<Standing['scripted']>['standing']>

const LONGEST_ANSWER = 1_000
/** In place of a question's number, on the page that asks for nothing. */
const NOTHING_ASKED = '-1'

export async function showPrompt(c: HouseContext): Promise<Response> {
  const interaction = await loadInteraction(c, c.req.query('interaction'))
  const back = await cameBack(c, interaction.id)
  const standing = await standingOf(c, interaction, undefined, back)
  if (standing.step.kind !== 'prompt' || standing.scripted?.standing === undefined) return follow(c, standing)
  return render(c, standing, standing.scripted.standing)
}

export async function submitPrompt(c: HouseContext): Promise<Response> {
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  const ordinal = ordinalOf(form.get('ordinal'))
  await checkCsrf(c, form.get('csrf'), interaction.id, 'prompt', String(ordinal))
  const before = await standingOf(c, interaction)
  const shown = before.scripted?.standing
  const { target } = interaction
  // Back to the application, from the page that says that the script lets nobody in.
  if (before.step.kind === 'prompt' && shown?.kind === 'ended' && shown.end.kind === 'error' && target.kind === 'authorization')
    return giveUp(c, before, target.request, new IamError('access_denied', 'this sign-in was not let through'))
  if (before.step.kind !== 'prompt' || shown?.kind !== 'prompt' || shown.ordinal !== ordinal) return follow(c, before)
  const inputs = shown.prompt.kind === 'form' ? shown.prompt.inputs : []
  const parameters = Object.fromEntries(inputs.map(({ id }) => [id, (form.get(id) ?? '').trim().slice(0, LONGEST_ANSWER)]))
  const missing = inputs.filter(({ id, optional }) => optional !== true && parameters[id] === '').map(({ id }) => id)
  if (missing.length > 0) return render(c, before, shown, { parameters, missing })
  return follow(c, await standingOf(c, interaction, undefined, { kind: 'prompted', ordinal, parameters }))
}

/** `GET /prompt/poll`: is what the script waits for there? Also where the script has gone on meanwhile. */
export async function pollPrompt(c: HouseContext): Promise<Response> {
  const interaction = await loadInteraction(c, c.req.query('interaction'))
  const standing = await standingOf(c, interaction)
  const shown = standing.scripted?.standing
  c.header('cache-control', 'no-store')
  if (shown?.kind !== 'prompt' || shown.ordinal !== ordinalOf(c.req.query('ordinal') ?? null)) return c.json({ there: true })
  if (shown.prompt.kind !== 'wait' || shown.prompt.poll === undefined) return c.json({ there: false })
  return c.json({ there: await isThere(c.env.here, interaction.id, shown.prompt.poll) })
}

/** From a page elsewhere that the script sent the person to: what it says is in the address, and the script is to judge it. */
async function cameBack(c: HouseContext, interactionId: string): Promise<Parameters<typeof standingOf>[3]> {
  const { returned, state, interaction: _, ui_locales: __, ...said } = c.req.query()
  if (returned === undefined) return undefined
  await checkCsrf(c, state ?? null, interactionId, 'returned', returned)
  const parameters = Object.entries(said)
    .slice(0, 20)
    .map(([name, value]) => [name.slice(0, 60), value.slice(0, LONGEST_ANSWER)])
  return { kind: 'prompted', ordinal: ordinalOf(returned), parameters: Object.fromEntries(parameters) }
}

type Filled = { readonly parameters: Readonly<Record<string, string>>; readonly missing: readonly string[] }

async function render(c: HouseContext, standing: Standing, shown: Shown, filled?: Filled): Promise<Response> {
  const { here } = c.env
  const { interaction, application } = standing
  const self = `/prompt?interaction=${interaction.id}`
  const props = await pageProps(c, { self, uiLocales: uiLocalesOf(interaction) })
  const formAction = formActionsOf(interaction)
  if (shown.kind !== 'prompt') {
    const end = shown.kind === 'ended' ? shown.end : undefined
    if (end?.kind !== 'error') return broken(c, standing)
    const url = end.url === undefined ? undefined : errorUrl(c, standing, end.url, end.parameters)
    if (url !== undefined) return c.redirect(url, 303)
    const message = end.parameters.statusMsg ?? end.parameters.errorMessage ?? end.parameters.message
    const form = {
      action: `${here.basePath}/prompt`,
      csrf: await csrfToken(here, interaction.id, 'prompt', NOTHING_ASKED),
      interaction: interaction.id,
    }
    const back = application ? { back: { ...form, application: application.client_name } } : {}
    return page(c, renderScriptError({ ...props, ...(message ? { message } : {}), ...back }), {
      nonce: props.nonce,
      status: 403,
      formAction,
    })
  }
  const { prompt, ordinal } = shown
  if (prompt.kind === 'redirect') {
    const url = new URL(prompt.url)
    const state = await csrfToken(here, interaction.id, 'returned', String(ordinal))
    url.searchParams.set('sessionDataKey', interaction.id)
    url.searchParams.set('callback', `${here.issuer}${self}&returned=${ordinal}&state=${state}`)
    return c.redirect(url.href, 303)
  }
  const form = {
    action: `${here.basePath}/prompt`,
    csrf: await csrfToken(here, interaction.id, 'prompt', String(ordinal)),
    interaction: interaction.id,
    hidden: { ordinal: String(ordinal) },
  }
  const html =
    prompt.kind === 'wait'
      ? renderScriptWait({
          ...props,
          ...form,
          seconds: prompt.seconds,
          ...(prompt.title === undefined ? {} : { title: prompt.title }),
          ...(prompt.text === undefined ? {} : { text: prompt.text }),
          ...(prompt.poll === undefined
            ? {}
            : {
                poll: {
                  href: `${here.basePath}/prompt/poll?interaction=${interaction.id}&ordinal=${ordinal}`,
                  everySeconds: prompt.poll.everySeconds,
                },
              }),
          onwardHref: `${here.basePath}${self}&returned=${ordinal}&state=${await csrfToken(here, interaction.id, 'returned', String(ordinal))}`,
        })
      : renderScriptForm({
          ...props,
          ...form,
          title: prompt.title,
          text: prompt.text,
          inputs: prompt.inputs,
          ...(prompt.of ? { of: prompt.of } : {}),
          ...filled,
        })
  return page(c, html, { nonce: props.nonce, formAction, ...(filled ? { status: 422 } : {}) })
}

/** The script's own failing: the person can do nothing about it, and is told no more than that. What it was is in the audit record. */
function broken(c: HouseContext, { interaction, application }: Standing): Promise<Response> {
  const whose = application?.client_name ?? c.env.here.tenant.display_name
  const error = new IamError('server_error', `the sign-in script of ${whose} failed; its administrators find out why in the audit record`, {
    detail: `interaction ${interaction.id}`,
  })
  return errorPage(error, c)
}

/** Where the tenant allows it, or at the application itself; else the page is ours. */
function errorUrl(
  c: HouseContext,
  { application }: Standing,
  text: string,
  parameters: Readonly<Record<string, string>>,
): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return undefined
  const own = [...(application?.redirect_uris ?? []), application?.client_uri ?? '']
    .filter((uri) => URL.canParse(uri))
    .map((uri) => new URL(uri).host)
  const { allowedHosts = [] } = c.env.here.tenant.policies.signIn?.scripting ?? {}
  try {
    const allowed = new URL(checkedUrl(url.href, { allowedHosts: [...allowedHosts, ...own] }))
    for (const [name, value] of Object.entries(parameters)) allowed.searchParams.set(name, value)
    return allowed.href
  } catch {
    // Not allowed: our own page says the same.
    return undefined
  }
}

function ordinalOf(text: string | null): number {
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : Number(NOTHING_ASKED)
}
