/** What a tenant gives its adaptive scripts besides their text, as data. */

/** A field of a form that a script shows. */
export type PromptInput = {
  readonly id: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'tel' | 'checkbox'
  readonly optional?: boolean
}

/** A form by name, for `prompt`. What the script hands over fills its placeholders and adds fields. */
export type PromptTemplate = { readonly title: string; readonly text?: string; readonly inputs?: readonly PromptInput[] }

/** A mail by name, for `sendEmail`: plain text with `{{placeholders}}`. */
export type MailTemplate = { readonly subject: string; readonly text: string }

/** What scripts of a tenant may use. */
export type Scripting = {
  /** Host names that `httpGet` and `httpPost` may reach, exactly. */
  readonly allowedHosts?: readonly string[]
  /** For `require`. */
  readonly libraries?: Readonly<Record<string, string>>
  readonly prompts?: Readonly<Record<string, PromptTemplate>>
  readonly mails?: Readonly<Record<string, MailTemplate>>
}
