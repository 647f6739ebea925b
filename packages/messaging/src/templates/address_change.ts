/** To the old address, when somebody begins to change it and when it is changed: in case it was not the person. */
import { greeting } from '../greeting.ts'
import { action, facts, paragraph, quiet } from '../letter.ts'
import { mailTemplate, textTemplate } from '../template.ts'

export type AddressChangeProps = {
  name?: string
  username: string
  stage: 'asked' | 'changed' | 'removed'
  channel: 'email' | 'phone_number'
  /** So much of the new address that its owner knows it. */
  address?: string
  /** Milliseconds since the epoch. */
  at: number
  ip?: string
  /** Absent: it cannot be undone by a link. */
  notMeUrl?: string
  validDays: number
  accountUrl: string
}

export const addressChange = mailTemplate<AddressChangeProps>((words, brand, props) => {
  const { addressChange: text } = words.text.safety
  const { facts: names } = words.text
  const brandName = { brand: brand.display_name }
  return {
    subject: words.say(text.subject[props.channel], brandName),
    title: words.say(text.title[props.channel]),
    blocks: [
      greeting(words, props.name),
      paragraph(text[props.stage][props.channel]),
      facts(
        [names.username, props.username],
        ...(props.address === undefined ? [] : [[text.newAddress, props.address] as const]),
        [names.time, words.moment(props.at)],
        ...(props.ip === undefined ? [] : [[names.network, props.ip] as const]),
      ),
      paragraph(text.not),
      ...(props.notMeUrl === undefined
        ? [action(text.open, props.accountUrl), quiet(words.say(text.tell, brandName))]
        : [action(words.text.safety.notMe, props.notMeUrl), quiet(words.say(words.text.safety.validDays, { count: props.validDays }))]),
    ],
  }
})

export const addressChangeText = textTemplate<Pick<AddressChangeProps, 'stage' | 'accountUrl'>>((words, brand, props) =>
  words.say(words.text.safety.addressChange.text[props.stage], { brand: brand.display_name, url: props.accountUrl }),
)
