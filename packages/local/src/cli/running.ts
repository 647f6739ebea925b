/** Asks the house that runs on a data directory, through the socket that it keeps there. */
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { type Operation, type OperationAnswer, operatePath } from '../operate.ts'
import { BadCommand } from './bad_command.ts'

/** Throws `BadCommand` where no house runs there. */
export async function askRunningHouse(data: string, operation: Operation): Promise<unknown> {
  const text = await exchange(operatePath(data), `${JSON.stringify(operation)}\n`).catch((error: NodeJS.ErrnoException) => {
    throw new BadCommand(whyNot(data, error), { cause: error })
  })
  const said = JSON.parse(text) as OperationAnswer
  if ('error' in said) throw new BadCommand(said.error)
  return said.answer
}

function whyNot(data: string, error: NodeJS.ErrnoException): string {
  const other = 'or name its directory with --data, or a stage of the cloud with --stage'
  if (error.code === 'EACCES' || error.code === 'EPERM')
    return `${data} belongs to another user, who alone may ask its house (${error.code})`
  if (error.code === 'ENOENT' && !existsSync(data)) return `there is no house in ${data}: start one with npm start, ${other}`
  return `no house runs on ${data} at the moment: start it with npm start, ${other}`
}

function exchange(path: string, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(path, () => socket.write(question))
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('end', () => (text.endsWith('\n') ? resolve(text) : reject(new Error('the house closed while it was asked'))))
  })
}
