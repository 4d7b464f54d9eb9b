import { createServer, type AddressInfo } from 'node:net'
import type { Clock } from '../../lib/clock.ts'
import type { EslEvent } from '../../lib/esl/event.ts'
import { openLink, type LinkOptions } from '../../lib/link/inbound.ts'
import { memory } from '../../lib/link/memory.ts'
import { tcp } from '../../lib/link/tcp.ts'
import type { Connect } from '../../lib/link/transport.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

/** The other end of a connection, as a script sees it. */
export interface Peer {
  write(text: string | Buffer): void
  end(): void
  destroy(): void
  /** The next command that came: its line and headers. */
  next(): Promise<string>
}

export type Script = (peer: Peer) => unknown

/** What the switch sends, as the recordings have it: the greeting, and being let in. */
export const GREETING = 'Content-Type: auth/request\n\n'
export const ACCEPTED = reply('+OK accepted')

export function reply(text: string, ...headers: string[]): string {
  return ['Content-Type: command/reply', `Reply-Text: ${text}`, ...headers].join('\n') + '\n\n'
}

export const response = (body: string): string =>
  `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`

export const eventFrame = (...headers: string[]): string => {
  const text = headers.join('\n') + '\n\n'
  return `Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-plain\n\n${text}`
}

/** Commands as they come, cut at blank lines, for whoever asks first. */
const commandQueue = () => {
  let text = ''
  const commands: string[] = []
  const asking: ((command: string) => void)[] = []
  return {
    data(chunk: Buffer) {
      text += chunk.toString()
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      commands.push(...parts)
      while (commands.length > 0 && asking.length > 0) asking.shift()?.(commands.shift() as string)
    },
    next: () =>
      new Promise<string>((resolve) => {
        const command = commands.shift()
        if (command === undefined) asking.push(resolve)
        else resolve(command)
      }),
  }
}

/** Lets the client in, then goes on with the script. */
export const letIn =
  (script: Script = () => undefined): Script =>
  async (peer) => {
    peer.write(GREETING)
    await peer.next()
    peer.write(ACCEPTED)
    await script(peer)
  }

/** A TCP server that follows the script with everybody who connects. */
export const serveTcp = async (script: Script) => {
  const server = createServer((socket) => {
    const { data, next } = commandQueue()
    socket.on('data', data).on('error', () => undefined)
    void script({
      write: (text) => socket.write(text),
      end: () => socket.end(),
      destroy: () => socket.destroy(),
      next,
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    connect: tcp('127.0.0.1', port, 5000),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}

/** The same in memory, on a clock. */
export const serveMemory = (clock: Clock, script: Script): Connect =>
  memory(clock, (transport) => {
    const { data, next } = commandQueue()
    setImmediate(() => {
      void script({
        write: (text) => transport.write(text.toString()),
        end: () => transport.end(),
        destroy: () => transport.destroy(),
        next,
      })
    })
    return { data, close: () => undefined }
  })

/** Opens a link, and notes what comes on it. */
export const openNoting = async (connect: Connect, options: LinkOptions) => {
  const events: EslEvent[] = []
  const closed: (Error | undefined)[] = []
  const link = await openLink(
    connect,
    { event: (event) => void events.push(event), closed: (error) => void closed.push(error) },
    options,
  )
  return { link, events, closed }
}

/** A link in virtual time to a script that begins once it was let in. */
export const linkTo = async (script: Script, options: Omit<LinkOptions, 'clock'> = {}) => {
  const clock = virtualClock()
  const opening = openNoting(serveMemory(clock, letIn(script)), { clock, ...options })
  return { clock, ...(await clock.run(opening)) }
}
