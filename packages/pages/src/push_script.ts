/** The script of the page that waits for an approval: asks now and then, ever more seldom, and sends the form when it was decided. Without it the person presses the button. */

export const PUSH_SCRIPT = `(() => {
  const box = document.querySelector('[data-poll]')
  if (!box) return
  const button = box.closest('form').querySelector('[data-continue]')
  let wait = 2500
  const ask = async () => {
    // An answer that is lost is asked for again.
    const answer = await fetch(box.dataset.poll, { headers: { accept: 'application/json' } }).then(
      (response) => (response.ok ? response.json() : undefined),
      () => undefined,
    )
    if (answer && answer.state !== 'open') return button.form.requestSubmit(button)
    wait = Math.min(wait * 1.15, 10000)
    setTimeout(ask, wait)
  }
  setTimeout(ask, wait)
})()
`
