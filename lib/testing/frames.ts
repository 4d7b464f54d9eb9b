import type { Transport, TransportHandlers } from '../link/transport.ts'

/** The switch's side of a connection, for the switches of the testing kit. */

export const replyFrame = (text: string): string => `Content-Type: command/reply\nReply-Text: ${text}\n\n`

export const responseFrame = (text: string): string =>
  `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`

/** An event in json, which carries every header as it is. */
export const eventFrame = (event: Readonly<Record<string, unknown>>): string => {
  const text = JSON.stringify(event)
  return `Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-json\n\n${text}`
}

/** Greets whoever connects, and hands on each command, without its blank line, as it comes. */
export const acceptCommands = (
  transport: Transport,
  take: (command: string) => void,
  closed: () => void,
): TransportHandlers => {
  let pending = ''
  transport.write('Content-Type: auth/request\n\n')
  return {
    data(chunk) {
      const parts = (pending + chunk.toString('utf8')).split('\n\n')
      pending = parts.pop() ?? ''
      parts.filter((part) => part !== '').forEach(take)
    },
    close: closed,
  }
}
