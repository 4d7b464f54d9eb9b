import { addHeader, type Header } from './event.ts'

/** A command as `parse_command` gets it. */
export interface Command {
  /** Up to the end of its line. */
  readonly line: string
  readonly headers: readonly Header[]
}

/** From so many bytes on a command is cut off, and the rest read as another (`max_len`, mod_event_socket.c:1220). */
const MAX_LENGTH = 10_485_760

const contentLength = (headers: readonly Header[]): number =>
  Number.parseInt(headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value ?? '0', 10)

/** The lines of a packet, as C's string: what is behind a NUL is not there. */
const parse = (packet: string): Command => {
  const nul = packet.indexOf('\0')
  const [line = '', ...rest] = (nul < 0 ? packet : packet.slice(0, nul)).split(/[\r\n]+/)
  let headers: Header[] = []
  for (const each of rest) {
    const colon = each.indexOf(':')
    if (colon >= 0)
      headers = addHeader(headers, each.slice(0, colon), each.slice(colon + 1).replace(/^ +/, ''))
  }
  return { line: cheated(packet) ?? line, headers }
}

/** Any packet in which both words stand becomes this command (mod_event_socket.c:1862). */
const cheated = (packet: string): string | undefined => {
  if (!/mod_event_socket/i.test(packet)) return undefined
  if (/unload/i.test(packet)) return 'api bgapi unload mod_event_socket'
  return /reload/i.test(packet) ? 'api bgapi reload mod_event_socket' : undefined
}

/** `read_packet` (mod_event_socket.c:1208): the commands of these bytes. What has no end yet is left out. */
export const readPackets = (bytes: string): Command[] => {
  const commands: Command[] = []
  let from = 0
  let ends = 0 // `crcount`
  for (let at = 0; at < bytes.length; at++) {
    const char = bytes.charAt(at)
    if (at === from && (char === '\r' || char === '\n')) {
      from++
      continue
    }
    if (char === '\n') ends++
    else if (char !== '\r') ends = 0
    if (at + 1 - from >= MAX_LENGTH) ends = 2
    if (ends < 2) continue
    const command = parse(bytes.slice(from, at + 1))
    commands.push(command)
    const length = contentLength(command.headers)
    if (length > 0) at += length
    from = at + 1
    ends = 0
  }
  return commands
}
