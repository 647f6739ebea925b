/** @jsxImportSource hono/jsx */
/** The fields that every new account begins with: given name, family name, e-mail address. */
import type { Words } from './catalogue.ts'
import { Field } from './form.tsx'
import type { Problems } from './page_props.ts'

export type NameAndEmailProps = {
  words: Words
  values: { given_name?: string; family_name?: string; email?: string }
  problems: Problems | undefined
  /** Name of the field that has the focus. */
  focus: string | undefined
  emailHint?: string
}

export function NameAndEmail({ words, values, problems, focus, emailHint }: NameAndEmailProps) {
  const { fields } = words.text
  return (
    <>
      <div class="pair">
        <Field
          words={words}
          name="given_name"
          label={fields.given_name}
          autocomplete="given-name"
          value={values.given_name}
          problem={problems?.given_name}
          autofocus={focus === 'given_name'}
        />
        <Field
          words={words}
          name="family_name"
          label={fields.family_name}
          autocomplete="family-name"
          value={values.family_name}
          problem={problems?.family_name}
          autofocus={focus === 'family_name'}
        />
      </div>
      <Field
        words={words}
        name="email"
        label={fields.email}
        type="email"
        autocomplete="email"
        ltr
        value={values.email}
        hint={emailHint}
        problem={problems?.email}
        autofocus={focus === 'email'}
      />
    </>
  )
}
