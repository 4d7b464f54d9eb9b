import type { Connect, TransportHandlers } from '../../dist/link/transport.js'

/** A switch without a socket, for what is not about sockets: answers every command with +OK, and says what it is told to. */
export interface Talker {
  readonly host: string
  readonly port: number
  readonly connect: Connect
  /** What comes next on the connection. */
  say(bytes: Buffer): void
}

const answerTo = (command: string): string =>
  command.startsWith('api ')
    ? 'Content-Type: api/response\nContent-Length: 3\n\n+OK'
    : `Content-Type: command/reply\nReply-Text: ${command.startsWith('auth') ? '+OK accepted' : '+OK'}\n\n`

export const createTalker = (): Talker => {
  let client: TransportHandlers | undefined
  const say = (bytes: Buffer): void => client?.data(bytes)
  return {
    host: 'talker',
    port: 1,
    say,
    connect(handlers) {
      client = handlers
      setImmediate(() => say(Buffer.from('Content-Type: auth/request\n\n')))
      const answer = (text: string): void => {
        for (const command of text.split('\n\n').slice(0, -1)) say(Buffer.from(answerTo(command)))
      }
      return Promise.resolve({
        peer: 'talker:1',
        write: (text) => setImmediate(() => answer(text)),
        end: () => undefined,
        destroy: () => handlers.close(),
      })
    },
  }
}

/** One turn of the event loop: all that has come is done with. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Bytes of the heap that are in use, after everything that nobody needs is gone. Needs `--expose-gc`. */
export const usedBytes = (): number => {
  for (let i = 0; i < 3; i++) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Hands a figure to who runs this. */
export const report = (figures: object): void => {
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0))
}

export const argument = (fallback: number): number => Number(process.argv[2] ?? fallback)
