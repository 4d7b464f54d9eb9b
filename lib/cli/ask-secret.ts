import { ArgumentError } from '../errors.ts'
import { EXIT } from './failure.ts'

/** Whether there is somebody to be asked. */
export const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY

const CTRL_C = '\u0003'
const BACKSPACE = new Set(['\u007f', '\b'])

/** Asks for a line on the terminal, which shows nothing of it. Throws ArgumentError (BAD_ARGUMENT) where there is no terminal. */
export const askSecret = (question: string): Promise<string> => {
  if (!canAsk())
    return Promise.reject(
      new ArgumentError('a password cannot be asked for: there is no terminal; use --password-file'),
    )
  const { stdin, stderr } = process
  return new Promise((resolve) => {
    let text = ''
    const over = (): void => {
      stdin.off('data', onData)
      stdin.setRawMode(false).pause()
      stderr.write('\n')
    }
    const onData = (chunk: string): void => {
      for (const key of chunk)
        if (key === CTRL_C) {
          over()
          process.exit(EXIT.interrupted)
        } else if (key === '\r' || key === '\n') {
          over()
          resolve(text)
          return
        } else if (BACKSPACE.has(key)) text = text.slice(0, -1)
        else text += key
    }
    stderr.write(question)
    stdin.setRawMode(true).setEncoding('utf8').on('data', onData)
    stdin.resume()
  })
}
