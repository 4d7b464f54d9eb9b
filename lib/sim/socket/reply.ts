import { sendText, type Listener } from './listener.ts'

/** How many bytes there are in the buffer that FreeSWITCH writes a reply into. */
const ROOM = 511

/** As much of a reply as fits; what is longer is cut, in the middle of its framing if need be. */
const fitting = (text: string): string => {
  if (text.length * 3 <= ROOM || Buffer.byteLength(text) <= ROOM) return text
  return Buffer.from(text)
    .subarray(0, ROOM)
    .toString()
    .replace(/\uFFFD$/, '')
}

/** Answers a command. An outbound connection's first command gets no answer (`listener_run` drops it). */
export const reply = (listener: Listener, text: string): void => {
  if (!listener.silent) sendText(listener, `Content-Type: command/reply\nReply-Text: ${fitting(text)}\n\n`)
}

/** Answers with headers of its own, which share that buffer with their blank line. */
export const replyWithHeaders = (listener: Listener, headers: string): void => {
  if (!listener.silent)
    sendText(listener, `Content-Type: command/reply\n${fitting(`~${headers}\n\n`).slice(1)}`)
}
