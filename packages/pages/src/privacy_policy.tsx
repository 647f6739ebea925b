/** @jsxImportSource hono/jsx */
/** One version of a tenant's privacy policy. Its text is plain: a blank line parts paragraphs, `# ` begins a heading, `- ` an item. No HTML of a tenant is rendered. */
import type { PolicyVersion } from '@gatehouse/core/tenant.ts'
import { wordsOf } from './catalogue.ts'
import { renderFrame } from './frame.tsx'
import type { PageProps } from './page_props.ts'

export type PrivacyPolicyProps = PageProps & {
  policy: PolicyVersion
  /** The language of the text, where it is not the page's. */
  textLocale?: string
  /** Where the present version is, when this is an older one. */
  currentHref?: string
  backHref?: string
}

type Block = { kind: 'heading'; text: string } | { kind: 'paragraph'; text: string } | { kind: 'list'; items: string[] }

export function renderPrivacyPolicy(props: PrivacyPolicyProps): string {
  const words = wordsOf(props.locale)
  const { privacyPolicy } = words.text
  return renderFrame({
    page: props,
    words,
    title: props.policy.title,
    layout: 'reading',
    children: (
      <>
        <h1 dir="auto">{props.policy.title}</h1>
        <p class="lead">
          {words.mix(privacyPolicy.version, { version: <bdi>{props.policy.version}</bdi> })} ·{' '}
          <time datetime={props.policy.publishedAt}>
            {words.say(privacyPolicy.validSince, { date: words.date(Date.parse(props.policy.publishedAt)) })}
          </time>
        </p>
        {props.currentHref === undefined ? null : (
          <div class="notice notice-info">
            <p>
              {privacyPolicy.current} <a href={props.currentHref}>{privacyPolicy.showCurrent}</a>
            </p>
          </div>
        )}
        <div class="prose" lang={props.textLocale} dir="auto">
          {blocksOf(props.policy.text).map((block) => {
            if (block.kind === 'heading') return <h2>{block.text}</h2>
            if (block.kind === 'paragraph') return <p>{block.text}</p>
            return (
              <ul>
                {block.items.map((item) => (
                  <li>{item}</li>
                ))}
              </ul>
            )
          })}
        </div>
        {props.backHref === undefined ? null : (
          <p class="aside">
            <a href={props.backHref}>{privacyPolicy.back}</a>
          </p>
        )}
      </>
    ),
  })
}

function blocksOf(text: string): Block[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      if (/^#+ /.test(part)) return { kind: 'heading', text: part.replace(/^#+ /, '') }
      if (part.startsWith('- ')) return { kind: 'list', items: part.split(/\r?\n(?=- )/).map((item) => item.slice(2).trim()) }
      return { kind: 'paragraph', text: part }
    })
}
