/** @jsxImportSource hono/jsx */
/** The landing page of a mailed link. GET shows a button and changes nothing, since mail scanners follow links; POST confirms. */
import { wordsOf } from './catalogue.ts'
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon, CheckIcon, MailIcon } from './icons.tsx'
import type { FormProps, PageProps } from './page_props.ts'

export type VerifyEmailProps = PageProps & { loginHref: string } & (
    | { state: 'confirm'; email: string; form: FormProps }
    | { state: 'verified'; email: string }
    /** The address belongs to an account already; only its owner can open this. */
    | { state: 'known'; email: string }
    | { state: 'expired' }
  )

export function renderVerifyEmail(props: VerifyEmailProps): string {
  const words = wordsOf(props.locale)
  const { verifyEmail } = words.text
  const title = verifyEmail[`${props.state}Title`]
  return renderFrame({ page: props, words, title, children: content() })

  function content() {
    if (props.state === 'confirm') {
      return (
        <>
          <div class="emblem emblem-info">
            <MailIcon large />
          </div>
          <h1>{title}</h1>
          <p>{words.mix(verifyEmail.confirm, { email: <bdi class="strong">{props.email}</bdi> })}</p>
          <Form form={props.form}>
            <button class="button button-primary" type="submit">
              {verifyEmail.submit}
            </button>
          </Form>
          <p class="quiet small">{verifyEmail.confirmNot}</p>
        </>
      )
    }
    const verified = props.state === 'verified'
    const sentence =
      props.state === 'expired'
        ? verifyEmail.expired
        : words.mix(verifyEmail[props.state], { email: <bdi class="strong">{props.email}</bdi> })
    return (
      <>
        <div class={verified ? 'emblem emblem-success' : 'emblem emblem-error'}>{verified ? <CheckIcon large /> : <AlertIcon large />}</div>
        <h1>{title}</h1>
        <p>{sentence}</p>
        <div class="actions">
          <a class="button button-primary" href={props.loginHref}>
            {verifyEmail.signIn}
          </a>
        </div>
      </>
    )
  }
}
