/** The inbox of the local house: a list and a reader side by side; on a phone one after the other. */

export const INBOX = `
.layout-broad :is(.masthead, .card, .footer) { max-inline-size: 76rem; }
.layout-broad .card { padding: 0; gap: 0; }
.inbox { display: grid; grid-template-columns: minmax(0, 1fr); }
.inbox-list > header, .filter, .inbox-reader > article { padding: var(--space-5); }
.inbox-list > header { display: grid; gap: var(--space-1); padding-block-end: var(--space-3); }
.filter { gap: var(--space-1); padding-block: 0 var(--space-4); font-size: var(--type-small); }
.filter-row { display: flex; gap: var(--space-2); }
.filter select { min-inline-size: 0; flex: 1; min-block-size: 2.5rem; padding-inline: 0.625rem; }
.entries { border-block-start: 1px solid var(--line); }
.entries li { border-block-end: 1px solid var(--line); }
.entry { display: flex; gap: var(--space-3); padding: var(--space-3) var(--space-5); color: inherit; text-decoration: none; }
.entry:hover { background: var(--sunken); }
.entry:focus-visible { outline-offset: -2px; }
.entry[aria-current] { background: var(--sunken); box-shadow: inset 3px 0 0 var(--accent-edge); }
[dir=rtl] .entry[aria-current] { box-shadow: inset -3px 0 0 var(--accent-edge); }
.entry-sign { color: var(--text-quiet); padding-block-start: 0.125rem; }
.entry-words { display: grid; flex: 1; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
.entry-subject { font-weight: 550; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
.entry-to, .entry time { font-size: var(--type-small); color: var(--text-quiet); }
.pager { display: flex; justify-content: space-between; padding: var(--space-4) var(--space-5); }
.empty { display: grid; gap: var(--space-2); justify-items: center; align-content: center; text-align: center; padding: var(--space-7) var(--space-5); }
.empty .icon { color: var(--text-quiet); inline-size: 2.5rem; block-size: 2.5rem; stroke-width: 1.4; }
.inbox-reader > article { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
.letterhead { display: grid; gap: var(--space-3); }
.letterhead dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 var(--space-4); font-size: var(--type-small); }
.letterhead dt { color: var(--text-quiet); }
.mail { inline-size: 100%; block-size: clamp(34rem, 80vh, 56rem); border: 1px solid var(--line); border-radius: var(--radius); background: #fff; color-scheme: light; }
.details pre { margin: var(--space-3) 0 0; padding: var(--space-4); font: var(--type-small) / 1.6 var(--font-code); white-space: pre-wrap; background: var(--sunken); border-radius: var(--radius); }
.phone { padding: var(--space-5); background: var(--sunken); border-radius: var(--radius); }
.bubble { inline-size: fit-content; max-inline-size: 30rem; padding: var(--space-3) var(--space-4); background: var(--surface); border-radius: 1.125rem; border-end-start-radius: 0.25rem; white-space: pre-wrap; }
.inbox-open .inbox-list > :not(header), .inbox-open .inbox-list header p { display: none; }
.inbox:not(.inbox-open) .inbox-reader { display: none; }

@media (min-width: 60em) {
  .layout-broad { padding-block-start: var(--space-5); padding-inline: var(--space-5); }
  .inbox { grid-template-columns: 23rem minmax(0, 1fr); min-block-size: 75vh; }
  .inbox-list, .inbox .inbox-reader { display: grid; align-content: start; }
  .inbox-open .inbox-list > :not(header) { display: grid; }
  .inbox-open .inbox-list header p, .inbox-open .inbox-list .entries { display: block; }
  .inbox:not(.inbox-open) .inbox-reader { align-content: center; }
  .inbox-empty { grid-template-columns: minmax(0, 1fr); align-content: start; }
  .inbox-empty .inbox-list { border: 0; }
  .inbox.inbox-empty .inbox-reader { display: none; }
  .inbox-list { border-inline-end: 1px solid var(--line); }
  .inbox-reader > article { padding: var(--space-6); }
  .inbox-back { display: none; }
}
`
