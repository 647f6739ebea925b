/** The frame of every mail: brand, heading, blocks, footer; as HTML that is readable without its style sheet, and as plain text. */
import { parseColour, type Rgb, textOn } from '@gatehouse/core/colour.ts'
import { directionOf } from '@gatehouse/core/locale.ts'
import type { Block, Letter, MessageBrand } from './letter.ts'
import { escapeHtml, oneLine } from './plain.ts'
import type { Words } from './words.ts'

const DEFAULT_ACCENT: Rgb = [45, 76, 200]

export function renderHtml(words: Words, brand: MessageBrand, letter: Letter): string {
  const { text } = words
  const name = escapeHtml(oneLine(brand.display_name))
  return `<!DOCTYPE html>
<html lang="${words.locale}" dir="${directionOf(words.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(letter.subject)}</title>
<style>${mailStyle(brand)}</style>
</head>
<body>
<div class="sheet">
<p class="brand">${logo(brand)}<bdi>${name}</bdi></p>
<main class="card">
<h1>${escapeHtml(letter.title)}</h1>
${letter.blocks.map((block) => blockHtml(words, block)).join('\n')}
</main>
<footer>
<p>${escapeHtml(words.say(text.footer, { brand: brand.display_name }))}</p>${support(words, brand)}
</footer>
</div>
</body>
</html>
`
}

export function renderText(words: Words, brand: MessageBrand, letter: Letter): string {
  const { text } = words
  const supportUri = brand.branding.support_uri
  return [
    oneLine(brand.display_name),
    letter.title,
    ...letter.blocks.map(blockText),
    `-- \n${words.say(text.footer, { brand: brand.display_name })}`,
    ...(supportUri === undefined ? [] : [words.say(text.support, { url: supportUri })]),
  ]
    .join('\n\n')
    .concat('\n')
}

const BLOCK_HTML: { readonly [K in Block['kind']]: (words: Words, block: Extract<Block, { kind: K }>) => string } = {
  paragraph: (_, { text }) => `<p>${escapeHtml(text)}</p>`,
  quiet: (_, { text }) => `<p class="quiet">${escapeHtml(text)}</p>`,
  quotation: (_, { text }) => `<blockquote dir="auto">${lines(text).map(escapeHtml).join('<br>')}</blockquote>`,
  facts: (_, { rows }) =>
    `<dl>${rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd><bdi>${escapeHtml(oneLine(value))}</bdi></dd>`).join('')}</dl>`,
  code: (_, { text }) => `<p class="code" dir="ltr">${escapeHtml(text)}</p>`,
  action: (words, { label, url }) =>
    `<p><a class="button" href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>\n<p class="quiet">${escapeHtml(words.text.linkHint)}<br><bdi class="address">${escapeHtml(url)}</bdi></p>`,
}

const BLOCK_TEXT: { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => string } = {
  paragraph: ({ text }) => text,
  quiet: ({ text }) => text,
  quotation: ({ text }) =>
    lines(text)
      .map((line) => `> ${line}`)
      .join('\n'),
  facts: ({ rows }) => rows.map(([name, value]) => `${name}: ${oneLine(value)}`).join('\n'),
  code: ({ text }) => text,
  action: ({ label, url }) => `${label}:\n${url}`,
}

function blockHtml<K extends Block['kind']>(words: Words, block: Extract<Block, { kind: K }>): string {
  return BLOCK_HTML[block.kind](words, block)
}

function blockText<K extends Block['kind']>(block: Extract<Block, { kind: K }>): string {
  return BLOCK_TEXT[block.kind](block)
}

function lines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map(oneLine)
}

/** A path of our own would need an origin, and a mail is read elsewhere: only a whole `https` address is fetched. */
function logo({ branding }: MessageBrand): string {
  return branding.logo_uri?.startsWith('https://') ? `<img src="${escapeHtml(branding.logo_uri)}" alt="" height="32"> ` : ''
}

function support(words: Words, { branding }: MessageBrand): string {
  const uri = branding.support_uri
  if (uri === undefined || !/^(https?:\/\/|mailto:)/.test(uri)) return ''
  return `\n<p>${escapeHtml(words.say(words.text.support, { url: '' })).trim()} <a href="${escapeHtml(uri)}">${escapeHtml(uri.replace(/^mailto:/, ''))}</a></p>`
}

/** No attribute styles: the local inbox shows mails under a policy that allows style sheets with a nonce only. */
function mailStyle(brand: MessageBrand): string {
  const fill = parseColour(brand.branding.accent_color) ?? DEFAULT_ACCENT
  return `
body{margin:0;padding:24px 12px;background:#f4f5f8;color:#191c23;font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",Arial,sans-serif;overflow-wrap:anywhere}
.sheet{max-width:560px;margin:0 auto}
.brand{margin:0 8px 14px;font-weight:600}
.brand img{vertical-align:middle;margin-inline-end:8px}
.card{display:block;padding:28px;background:#fff;border:1px solid #dfe2e8;border-radius:14px}
h1{margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:650}
p{margin:0 0 16px}
dl{margin:0 0 20px;padding:14px 16px;background:#eef0f4;border-radius:10px;font-size:15px}
dt{color:#565d6b;font-size:13px}
dd{margin:0 0 8px}
dd:last-child{margin:0}
blockquote{margin:0 0 20px;padding:4px 16px;border-inline-start:3px solid #c5cad4}
.button{display:inline-block;padding:12px 22px;border-radius:10px;background:rgb(${fill.join(',')});color:rgb(${textOn(fill).join(',')});font-weight:600;text-decoration:none}
.quiet,footer{color:#565d6b;font-size:13.5px}
.card>:last-child{margin-bottom:0}
.code{padding:14px 16px;border:1px solid #c5cad4;border-radius:10px;font:600 28px/1.2 ui-monospace,"SF Mono",Menlo,Consolas,monospace;letter-spacing:6px;text-align:center}
.address{font-size:12.5px}
footer{margin:18px 8px 0}
footer p{margin:0 0 6px}
footer a{color:inherit}
@media (prefers-color-scheme:dark){
body{background:#0f1116;color:#eceef3}
.card{background:#181b22;border-color:#2d323d}
dl{background:#242831}
dt,.quiet,footer{color:#a7aebb}
blockquote,.code{border-color:#4a5160}
.button{border:1px solid rgba(255,255,255,.22)}
}
`
}
