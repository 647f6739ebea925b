/** Fields, buttons, notices, choices. Targets are at least 44 px high, more than WCAG 2.2 (2.5.8) asks. */

export const FORMS = `
form { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
.pair { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
.field { display: grid; gap: var(--space-1); grid-template-columns: minmax(0, 1fr); align-content: start; }
.field > label { font-weight: 550; font-size: 0.9375rem; }
.field > label .quiet { font-weight: 400; }
.hint { color: var(--text-quiet); font-size: var(--type-small); }
.input { position: relative; }
.input :is(input, textarea), .filter select {
  inline-size: 100%;
  min-block-size: var(--control);
  padding: 0.5rem 0.875rem;
  font: inherit;
  color: var(--text);
  background: var(--surface);
  border: 1px solid var(--edge);
  border-radius: var(--radius);
}
.input textarea { display: block; resize: vertical; min-block-size: 5.5rem; }
.input :is(input, textarea):hover { border-color: var(--text-quiet); }
.input :is(input, textarea):focus { outline: 2px solid var(--accent-edge); outline-offset: 0; border-color: var(--accent-edge); }
.input input[aria-invalid] { border-color: var(--error); }
.input input[aria-invalid]:focus { outline-color: var(--error); }
[dir=rtl] .input input[dir=ltr]:placeholder-shown { text-align: end; }
.input-password input { padding-inline-end: 5.5rem; }
[dir=rtl] .input-password input[dir=ltr] { padding-inline: 5.5rem 0.875rem; }
.reveal { position: absolute; inset-block: 0.3125rem; inset-inline-end: 0.3125rem; min-inline-size: 3.5rem; padding-inline: var(--space-3); font: inherit; font-size: var(--type-small); font-weight: 550; color: var(--accent-text); background: none; border: 0; border-radius: var(--radius-small); cursor: pointer; }
.reveal:hover { background: var(--sunken); }
.problem { display: flex; gap: var(--space-2); align-items: flex-start; color: var(--error); font-size: var(--type-small); font-weight: 500; }
.problem .icon { inline-size: 1rem; block-size: 1rem; margin-block-start: 0.15rem; }

.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  min-block-size: var(--control);
  padding: 0.5rem 1.25rem;
  font: inherit;
  font-weight: 600;
  line-height: 1.3;
  text-align: center;
  text-decoration: none;
  color: var(--text);
  background: var(--surface);
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  cursor: pointer;
}
.button:hover { background: var(--sunken); }
.button:active { border-color: var(--text); }
.button-primary { color: var(--on-fill); background: var(--fill); border-color: transparent; }
.button-primary:hover { background: var(--fill-hover); }
.button-primary:active { background: var(--fill-pressed); border-color: transparent; }
form > .button-primary { margin-block-start: var(--space-1); }
.button-small { min-block-size: 2.5rem; padding-inline: 1rem; }
.button:focus-visible { outline-offset: 3px; border-radius: var(--radius); }
.actions { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
.actions:empty { display: none; }

.notice { display: flex; gap: var(--space-3); align-items: flex-start; padding: var(--space-3) var(--space-4); border-radius: var(--radius); font-size: 0.9375rem; }
.notice .icon { margin-block-start: 0.1rem; }
.notice > :not(.icon) { min-inline-size: 0; }
.notice-error { color: var(--error); background: var(--error-soft); }
.notice-success { color: var(--success); background: var(--success-soft); }
.notice-info { color: var(--info); background: var(--info-soft); }
.notice a { color: inherit; }
.summary { margin-block-start: var(--space-1); }
.summary a { display: inline-block; padding-block: 0.125rem; }

.chosen { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); align-items: center; justify-content: space-between; padding: var(--space-3) var(--space-4); background: var(--sunken); border-radius: var(--radius); }
.chosen > span { display: grid; min-inline-size: 0; }
.chosen .quiet { font-size: var(--type-small); }
.chosen > a { padding-block: var(--space-1); }
.plain { inline-size: 100%; font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; text-align: start; text-overflow: ellipsis; }
[dir=rtl] .plain { text-align: end; }

input[type=checkbox] { flex: none; inline-size: 1.25rem; block-size: 1.25rem; margin: 0.125rem 0; accent-color: var(--accent-edge); }
.tick { display: flex; gap: var(--space-3); align-items: flex-start; padding-block: var(--space-1); }
.tick label { min-inline-size: 0; }

.new-password { display: grid; gap: var(--space-2); }
.rules { font-size: var(--type-small); color: var(--text-quiet); }
.rules li { position: relative; padding-inline-start: 1.5rem; margin-block-start: 0.125rem; }
.rules li::before { content: ""; position: absolute; inset-inline-start: 0.4375rem; inset-block-start: 0.5em; inline-size: 0.375rem; block-size: 0.375rem; border-radius: 50%; background: currentcolor; }
.rules [data-state=met] { color: var(--success); }
.rules [data-state=met]::before { inset-inline-start: 0.3125rem; inset-block-start: 0.2em; inline-size: 0.375rem; block-size: 0.6875rem; border-radius: 0; background: none; border: solid currentcolor; border-width: 0 2px 2px 0; transform: rotate(40deg); }
.rules [data-state=unmet] { color: var(--text); }
.rules [data-state=unmet]::before { background: none; box-shadow: inset 0 0 0 1.5px currentcolor; inline-size: 0.5rem; block-size: 0.5rem; inset-inline-start: 0.375rem; }

.captcha { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
.captcha progress { inline-size: 100%; block-size: 0.5rem; accent-color: var(--accent-edge); }
.captcha summary { display: flex; align-items: center; min-block-size: 1.75rem; color: var(--text-quiet); cursor: pointer; text-decoration: underline; }

.passkey { display: grid; gap: var(--space-2); grid-template-columns: minmax(0, 1fr); }
.passkey[hidden], .passkey [hidden], .notice[hidden] { display: none; }
.passkey .button { gap: var(--space-2); }
.passkey .button[disabled] { opacity: 0.6; cursor: progress; }

.qr { display: block; inline-size: min(13rem, 100%); margin-inline: auto; border-radius: var(--radius-small); }
.key { display: inline-block; overflow-wrap: anywhere; user-select: all; }
.shown-code { font-size: 2.25rem; font-weight: 600; letter-spacing: 0.2em; font-variant-numeric: tabular-nums; text-align: center; padding: var(--space-3); background: var(--sunken); border-radius: var(--radius); user-select: all; }
.other-ways { display: grid; gap: var(--space-2); margin-block-start: var(--space-2); border: 0; padding: 0; min-inline-size: 0; }
.other-ways legend { padding: 0; margin-block-end: var(--space-2); }
.awaited { font-size: 3rem; font-weight: 700; line-height: 1.2; text-align: center; font-variant-numeric: tabular-nums; letter-spacing: 0.08em; }
.awaited + .quiet { text-align: center; }
.ways { margin-block-start: var(--space-4); }
.ways ul { margin-block-start: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius); }
.ways li + li { border-block-start: 1px solid var(--line); }
.ways a { text-decoration: none; display: grid; padding: var(--space-3) var(--space-4); min-block-size: var(--control); align-content: center; }
.ways a:hover { background: var(--sunken); text-decoration: underline; }

.purpose { padding: var(--space-3) var(--space-4); background: var(--sunken); border-radius: var(--radius); }
.choices { border: 0; margin-block-start: var(--space-2); min-inline-size: 0; }
.choices legend { padding: 0; font-weight: 600; }
.choices .hint { margin-block-start: var(--space-1); }
.choices ul { margin-block-start: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius); }
.choice { display: flex; gap: var(--space-3); align-items: flex-start; padding: var(--space-3) var(--space-4); }
.choice + .choice { border-block-start: 1px solid var(--line); }
.choice-text { flex: 1; min-inline-size: 0; }
.choice-text label { display: flex; flex-wrap: wrap; gap: 0 var(--space-3); align-items: center; justify-content: space-between; font-weight: 500; }
.choice-detail { color: var(--text-quiet); font-size: var(--type-small); }
.missing { font-style: italic; }
:lang(ar) .missing { font-style: normal; }
.tag { font-size: 0.8125rem; font-weight: 500; color: var(--text-quiet); }

@media (min-width: 30em) {
  .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .actions-pair { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
`
