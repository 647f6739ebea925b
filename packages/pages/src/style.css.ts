/** The style sheet of the pages, phone first. Logical properties throughout: the same rules serve right-to-left languages. */
import { FORMS } from './forms.css.ts'
import { INBOX } from './inbox.css.ts'
import { TOKENS } from './tokens.css.ts'

const FRAME = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  min-block-size: 100vh;
  min-block-size: 100dvh;
  display: flex;
  flex-direction: column;
  align-items: center;
  font: var(--type-body) / 1.5 var(--font);
  color: var(--text);
  background: var(--surface);
  overflow-wrap: anywhere;
}
h1, h2, p, ul, ol, dl, dd, fieldset { margin: 0; padding: 0; }
h1 { font-size: var(--type-title); line-height: 1.25; font-weight: 650; letter-spacing: -0.012em; text-wrap: balance; }
h2 { font-size: var(--type-large); line-height: 1.35; font-weight: 600; }
:lang(ar) :is(h1, .overline, .brand-name) { letter-spacing: 0; }
:lang(ar) { line-height: 1.7; }
ul, ol { list-style: none; }
a { color: var(--accent-text); text-underline-offset: 0.2em; text-decoration-thickness: 0.06em; }
a:hover { text-decoration-thickness: 0.12em; }
:focus-visible { outline: 2px solid var(--accent-edge); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
[hidden] { display: none !important; }

.strong { font-weight: 600; }
.quiet { color: var(--text-quiet); }
.small { font-size: var(--type-small); }
.code { font-family: var(--font-code); font-size: 0.92em; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.overline { font-size: var(--type-small); font-weight: 600; color: var(--text-quiet); }
.icon { inline-size: 1.25rem; block-size: 1.25rem; flex: none; }
.icon-large { inline-size: 1.75rem; block-size: 1.75rem; }

.skip { position: absolute; inset-block-start: var(--space-2); inset-inline-start: var(--space-2); padding: var(--space-2) var(--space-4); background: var(--surface); border-radius: var(--radius-small); transform: translateY(-200%); z-index: 1; }
.skip:focus { transform: none; }

.masthead { inline-size: 100%; max-inline-size: 27.5rem; padding: var(--space-5) var(--space-5) 0; }
.brand { display: flex; inline-size: fit-content; align-items: center; gap: var(--space-3); min-block-size: 2rem; max-inline-size: 100%; color: inherit; text-decoration: none; }
.brand-name { min-inline-size: 0; overflow-wrap: break-word; font-weight: 600; letter-spacing: -0.005em; line-height: 1.3; }
.logo { flex: none; block-size: 2.25rem; inline-size: auto; max-inline-size: 9rem; object-fit: contain; }
.monogram { display: inline-grid; place-items: center; flex: none; inline-size: 2rem; block-size: 2rem; border-radius: var(--radius-small); background: var(--fill); color: var(--on-fill); font-weight: 650; line-height: 1; }
.monogram-large { inline-size: 3.25rem; block-size: 3.25rem; border-radius: 0.875rem; font-size: 1.5rem; background: var(--sunken); color: var(--text); }

.card { inline-size: 100%; max-inline-size: 27.5rem; padding: var(--space-5); display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); align-content: start; }
.card > h1 + .lead { margin-block-start: calc(-1 * var(--space-2)); }
.lead { color: var(--text-quiet); }
.lead .strong { color: var(--text); }
.aside { padding-block-start: var(--space-4); border-block-start: 1px solid var(--line); color: var(--text-quiet); }
:is(.small, .aside, .notice p, .inbox-back) a { display: inline-block; padding-block: 0.125rem; }

.footer { inline-size: 100%; max-inline-size: 27.5rem; margin-block-start: auto; padding: var(--space-4) var(--space-5) var(--space-5); display: flex; flex-wrap: wrap; justify-content: space-between; gap: var(--space-2) var(--space-5); font-size: var(--type-small); }
.inline-list { display: flex; flex-wrap: wrap; gap: 0 var(--space-4); }
.inline-list a { display: inline-block; padding-block: var(--space-1); color: var(--text-quiet); text-decoration: none; }
.inline-list a:hover { text-decoration: underline; color: var(--text); }
.inline-list a[aria-current] { color: var(--text); font-weight: 600; }

.emblem { display: grid; place-items: center; inline-size: 3.25rem; block-size: 3.25rem; border-radius: 50%; }
.emblem-info { color: var(--info); background: var(--info-soft); }
.emblem-success { color: var(--success); background: var(--success-soft); }
.emblem-error { color: var(--error); background: var(--error-soft); }

.steps { display: grid; }
.step { position: relative; padding-inline-start: var(--space-6); padding-block-end: var(--space-4); }
.step:last-child { padding-block-end: 0; }
.step::before { content: ""; position: absolute; inset-inline-start: 0.3125rem; inset-block-start: 0.4375rem; inline-size: 0.75rem; block-size: 0.75rem; border-radius: 50%; border: 2px solid var(--edge); background: var(--surface); z-index: 1; }
.step::after { content: ""; position: absolute; inset-inline-start: 0.625rem; inset-block: 0.5rem -0.5rem; inline-size: 2px; background: var(--line); }
.step:last-child::after { display: none; }
.step-done::before { background: var(--success); border-color: var(--success); }
.step-current, .step-current > p:first-child { font-weight: 600; }
.step-refused::before { background: var(--error); border-color: var(--error); }
.step-current::before { border-color: var(--accent-edge); box-shadow: inset 0 0 0 2px var(--surface); background: var(--accent-edge); }
.step p.small { margin-inline-start: 0; font-weight: 400; }
.step blockquote { margin: var(--space-1) 0 0; padding-inline-start: var(--space-3); border-inline-start: 3px solid var(--line); font-weight: 400; }
.step span.small { font-weight: 400; margin-inline-start: var(--space-2); }

.facts { display: grid; gap: var(--space-1) var(--space-5); padding: var(--space-4); background: var(--sunken); border-radius: var(--radius); }
.facts dt { color: var(--text-quiet); font-size: var(--type-small); }
.facts dd { margin-block-end: var(--space-2); }
.facts dd:last-of-type { margin-block-end: 0; }
.state { display: inline-block; padding: var(--space-1) var(--space-3); border-radius: 99rem; font-size: var(--type-small); font-weight: 600; color: var(--info); background: var(--info-soft); }
.card > h2 { margin-block-start: var(--space-2); }

.details { border-block-start: 1px solid var(--line); padding-block-start: var(--space-3); }
.details summary { cursor: pointer; padding-block: var(--space-1); font-size: var(--type-small); color: var(--text-quiet); }
.details summary:hover { color: var(--text); }
.details dl { display: grid; gap: var(--space-1) var(--space-4); margin-block-start: var(--space-3); font-size: var(--type-small); }
.details dt { color: var(--text-quiet); }
.details dd { margin-block-end: var(--space-2); }

.prose { display: grid; gap: var(--space-4); line-height: 1.65; }
.prose h2 { margin-block-start: var(--space-3); }
.prose ul { list-style: disc; padding-inline-start: 1.25em; display: grid; gap: var(--space-1); }

.application { display: grid; gap: var(--space-3); justify-items: start; }
.application-logo { inline-size: 3.25rem; block-size: 3.25rem; object-fit: contain; border-radius: 0.875rem; border: 1px solid var(--line); background: #fff; }
.about { border-block-start: 1px solid var(--line); padding-block-start: var(--space-3); font-size: var(--type-small); }

@media (min-width: 30em) {
  body { background: var(--canvas); padding-block: clamp(1rem, 7vh, 5rem) 0; }
  .masthead { padding: 0 var(--space-2) var(--space-4); }
  .card { padding: var(--space-6); background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius-large); box-shadow: var(--shadow); }
  .footer { padding-inline: var(--space-2); }
  .layout-reading :is(.masthead, .card, .footer), .layout-reading.layout-reading .card { max-inline-size: 44rem; }
  .layout-reading .card { padding: var(--space-7); }
  .facts { grid-template-columns: max-content minmax(0, 1fr); }
  .facts dd { margin-block-end: 0; }
  .facts dt { padding-block-start: 0.125rem; }
  .details dl { grid-template-columns: max-content minmax(0, 1fr); }
  .details dd { margin-block-end: 0; }
}

@media (prefers-reduced-motion: no-preference) {
  .button, .input input, .entry { transition: background-color 120ms ease-out, border-color 120ms ease-out; }
}

@media (forced-colors: active) {
  .card, .button, .notice, .monogram { border: 1px solid; }
}

@media print {
  .footer, .skip { display: none; }
  .card { border: 0; box-shadow: none; }
}
`

export const STYLE = TOKENS + FRAME + FORMS + INBOX
