/**
 * The script of the page that waits for a link to be opened: asks now and then, while the page is looked at, and says what happened. Without it there is a
 * button for that.
 */

export const LINK_SCRIPT = `(() => {
  const place = document.querySelector('[data-state]')
  const said = document.getElementById('said')
  const code = document.getElementById('field-otp')
  const [FIRST, LONGEST, ENOUGH] = [4000, 15000, 600000]
  const began = Date.now()

  const tell = (text) => {
    said.textContent = text
    said.hidden = false
  }
  const ask = async () => {
    const answer = await fetch(place.dataset.state, { headers: { accept: 'application/json' } })
    return answer.ok ? (await answer.json()).state : 'waiting'
  }
  const next = (after) => {
    if (Date.now() - began > ENOUGH) return
    setTimeout(async () => {
      // A connection that is gone comes back: then the next question is answered.
      const state = document.visibilityState === 'visible' ? await ask().catch(() => 'waiting') : 'waiting'
      if (state === 'done') {
        tell(place.dataset.done)
        place.hidden = true
      } else if (state === 'opened') {
        tell(place.dataset.opened)
        code.focus()
      } else next(Math.min(after * 1.25, LONGEST))
    }, after)
  }
  next(FIRST)
})()
`
