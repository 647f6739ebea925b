import { expect, test } from 'vitest'
import { loadWords } from './catalogue.ts'
import type { FormProps, PageProps } from './page_props.ts'
import { pageProps } from './page_samples.ts'
import { markRequest, openStencil } from './stencil.ts'

await Promise.all([loadWords('de'), loadWords('ar')])

type Props = PageProps & FormProps & { readonly person?: string }

function openPage() {
  const drawn: Props[] = []
  const draw = (props: Props) => {
    drawn.push(props)
    return `<form action="${props.action}" data-nonce="${props.nonce}">${props.csrf}|${props.interaction}|${props.person}|${props.nonce}</form>`
  }
  const render = openStencil(draw, (props: Props, mark) => ({
    ...markRequest(props, mark),
    ...(props.person === undefined ? {} : { person: mark(props.person) }),
  }))
  return { render, drawn }
}

const props = { ...pageProps('en'), action: '/post', csrf: 'c1', interaction: 'int_1', person: 'Jo' }

test('a page is drawn once per look, and each request finds its own words in it', () => {
  const { render, drawn } = openPage()

  const first = render({ ...props, nonce: 'n1' })
  const second = render({ ...props, nonce: 'n2', csrf: 'c2', interaction: 'int_2', person: 'Ana' })

  expect(first).toBe('<form action="/post" data-nonce="n1">c1|int_1|Jo|n1</form>')
  expect(second).toBe('<form action="/post" data-nonce="n2">c2|int_2|Ana|n2</form>')
  expect(drawn).toHaveLength(1)
})

test('another look is another drawing: language, brand, or a text that is not there', () => {
  const { render, drawn } = openPage()
  const { person, ...nobody } = props

  render(props)
  render({ ...props, locale: 'de' })
  render({ ...props, brand: { displayName: 'Other' } })
  const html = render(nobody)

  expect(html).toContain('|undefined|')
  expect(drawn).toHaveLength(4)
})

test('what is filled in is text, whatever it holds', () => {
  const { render } = openPage()

  const html = render({ ...props, person: `<script>"$&" & 'x'</script>` })

  expect(html).toContain('|&lt;script&gt;&quot;$&amp;&quot; &amp; &#39;x&#39;&lt;/script&gt;|')
})

test('who learns what a mark looks like cannot have another text put in its place', () => {
  const { render, drawn } = openPage()
  render(props)
  const mark = drawn[0]?.csrf ?? ''

  const html = render({ ...props, person: mark })

  expect(mark).not.toBe('c1')
  expect(html).toContain(`|${mark}|`)
})
