/** Ctrl-C, or a supervisor's word: closes once, says so, and ends the process. */

/** `what`: as a person calls it ("the house"). */
export function stopOnSignal(what: string, close: () => Promise<void>): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    process.stdout.write(`\nclosing ${what} ...\n`)
    close().then(
      () => {
        process.stdout.write('closed\n')
        process.exit()
      },
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
