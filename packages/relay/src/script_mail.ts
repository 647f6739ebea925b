/** The mail that an adaptive script asked for. What it says stands in the sign-in's journal, and is not kept longer than that. */
import type { InteractionId } from '@gatehouse/core/ids.ts'
import { askedMailOf, mailTemplateOf } from '@gatehouse/policy/script/host/people.ts'
import type { Handler } from './relay_house.ts'
import { givenNameOf, tell, verifiedReceiver } from './tell.ts'

export const tellScriptMail: Handler = async (ctx, event, house) => {
  const { interaction, place } = event.data ?? {}
  const user = event.userId && (await ctx.stores.users.find(event.userId))
  if (!user || typeof interaction !== 'string' || typeof place !== 'number') return
  const records = await ctx.stores.adaptiveJournals.read(interaction as InteractionId)
  const asked = askedMailOf(records[place]?.answers.at(-1))
  const template = asked && mailTemplateOf(ctx.tenant.policies.signIn?.scripting?.mails, asked.template)
  if (asked === undefined || template === undefined) return
  const fill = (text: string) => text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => asked.parameters[name] ?? '')
  await tell(ctx, house, event, verifiedReceiver(user), 'script_mail', {
    ...givenNameOf(user),
    subject: fill(template.subject).replace(/\s+/g, ' '),
    paragraphs: fill(template.text).split(/\n{2,}/),
    accountUrl: `${ctx.issuer}/account/security`,
  })
}
