/** People by what they are called, and mail to them. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { MailTemplate } from '@gatehouse/core/scripting.ts'
import { primaryEmail, type User } from '@gatehouse/core/user.ts'
import { findEmailHolding } from '@gatehouse/directory/email_owner.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import type { JournalAnswer } from '@gatehouse/store/adaptive_journal.ts'
import { type Arguments, ScriptMistake } from '../arguments.ts'
import type { HostGroup, World } from '../host_function.ts'
import { loadUser } from './roles.ts'

const prelude = `
give('getUniqueUserWithClaimValues', (claims) => userOf(ask('findPerson', { claims })))
give('getUsersWithClaimValues', (claims) => { const found = ask('findPerson', { claims }); return found ? [found.userName] : [] })
give('resolveMultiAttributeLoginIdentifier', (identifier) => { const found = ask('findPerson', { claims: { username: identifier } }) || ask('findPerson', { claims: { emailaddress: identifier } }); return found ? found.userName : null })
give('sendEmail', (user, template, parameters) => ask('sendEmail', { user: idOf(user, 'sendEmail'), template, parameters: isMap(parameters) ? parameters : {} }).sent)
`

/** Of WSO2's names, those that scripts of everybody's name; a tenant's own go before them. */
export const HOUSE_MAILS: Readonly<Record<string, MailTemplate>> = {
  UnseenDeviceLogin: {
    subject: 'You signed in with a new device',
    text: 'Your account {{username}} was used on a device that we have not seen before, at {{login-time}}.\n\nIf that was not you, change your password and end that session in My Account.',
  },
}

/** What the relay makes a mail of. */
export type AskedMail = { readonly sent: boolean; readonly template: string; readonly parameters: Readonly<Record<string, string>> }

export function mailTemplateOf(own: Readonly<Record<string, MailTemplate>> | undefined, name: string): MailTemplate | undefined {
  const from = [own ?? {}, HOUSE_MAILS].find((templates) => Object.hasOwn(templates, name))
  return from?.[name]
}

/** Of the journal's answer of `sendEmail`, which only this file gives: its shape is known. */
export function askedMailOf(answer: JournalAnswer | undefined): AskedMail | undefined {
  return answer?.name === 'sendEmail' ? (answer.value as unknown as AskedMail) : undefined
}

export const people: HostGroup = {
  prelude,
  functions: {
    findPerson: {
      kind: 'reads',
      perform: async (world, args) => {
        const found = await find(world, args.map('claims'))
        return found?.active ? { id: found.id, userName: found.userName } : null
      },
      words: (_, value) => (value === null ? 'nobody was found by these claims' : 'a person was found by these claims'),
    },
    sendEmail: {
      kind: 'reads',
      perform: async (world, args) => {
        const user = await loadUser(world, args)
        const template = args.text('template')
        const known = mailTemplateOf(world.ctx.tenant.policies.signIn?.scripting?.mails, template)
        const asked: AskedMail = {
          sent: known !== undefined && primaryEmail(user)?.verified === true,
          template,
          parameters: cut(args.map('parameters')),
        }
        return asked as unknown as Value
      },
      event: (world, args, value, place) => (isSent(value) ? mailEvent(world, args, place) : undefined),
      words: (args, value) => `the mail "${args.text('template').slice(0, 60)}" ${isSent(value) ? 'was sent' : 'could not be sent'}`,
    },
  },
}

function isSent(value: Value): boolean {
  return typeof value === 'object' && value !== null && 'sent' in value && value.sent === true
}

/** What the mail says stands in the journal alone, which ends in minutes. */
function mailEvent({ ctx, interactionId, clientId }: World, args: Arguments, place: number): HouseEvent {
  return ctx.stores.shelf.event('script.mail_asked', {
    actor: ctx.actor,
    userId: args.text('user') as User['id'],
    ...(clientId === undefined ? {} : { clientId }),
    data: { interaction: interactionId, place, template: args.text('template').slice(0, 60) },
  })
}

function cut(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.slice(0, 60), value.slice(0, 500)]))
}

/** By what leads to one person: a user name, or an address that was proven. */
async function find({ ctx }: World, claims: Readonly<Record<string, string>>): Promise<User | undefined> {
  const by = Object.fromEntries(Object.entries(claims).map(([uri, value]) => [uri.replace(/^http:\/\/wso2\.org\/claims\//, ''), value]))
  const { username, emailaddress, ...others } = by
  const other = Object.keys(others)[0]
  if (other !== undefined) throw new ScriptMistake(`people are found by username and emailaddress, not by ${other.slice(0, 60)}`)
  const named = username === undefined ? undefined : await ctx.stores.users.findByName(username)
  if (emailaddress === undefined) return named
  const owner = (await findEmailHolding(ctx, emailaddress))?.owner
  const addressed = owner?.kind === 'user' ? owner.user : undefined
  return username === undefined || addressed?.id === named?.id ? addressed : undefined
}
