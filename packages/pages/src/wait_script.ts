/** The script of the page on which an adaptive script has the person wait: goes on when the time is over. Without it there is the button. */

export const WAIT_SCRIPT = `(() => {
  const { onward, seconds } = document.querySelector('[data-onward]').dataset
  setTimeout(() => location.assign(onward), Number(seconds) * 1000)
})()
`
