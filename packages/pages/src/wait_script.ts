/** The script of the page on which an adaptive script has the person wait: goes on when the time is over, or when what is waited for is there. Without it there is the button. */

export const WAIT_SCRIPT = `(() => {
  const { onward, seconds, poll, every } = document.querySelector('[data-onward]').dataset
  let gone = false
  const go = () => {
    if (!gone) location.assign(onward)
    gone = true
  }
  const ask = async () => {
    const answer = await fetch(poll, { headers: { accept: 'application/json' } })
    return answer.ok && (await answer.json()).there === true
  }
  const next = () =>
    setTimeout(async () => {
      // What cannot be asked has not come: the time is over in any case.
      if (await ask().catch(() => false)) go()
      else if (!gone) next()
    }, Number(every) * 1000)
  setTimeout(go, Number(seconds) * 1000)
  if (poll !== undefined) next()
})()
`
