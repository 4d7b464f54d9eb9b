import type { FrameSink } from './frames.ts'

const LENGTH = 'Content-Length: '
const PLAIN = 'Content-Type: text/event-plain'

/** The length that the head of a plain event gives, as FreeSWITCH writes it; -1 for any other head. */
const plainEventLength = (bytes: string, from: number, end: number): number => {
  if (!bytes.startsWith(LENGTH, from)) return -1
  const digits = bytes.indexOf('\n', from)
  if (end - digits !== PLAIN.length + 1 || !bytes.startsWith(PLAIN, digits + 1)) return -1
  const length = bytes.slice(from + LENGTH.length, digits)
  return /^\d{1,8}$/.test(length) ? Number(length) : -1
}

/**
 * Delivers the plain events that lie whole at the beginning of a text, one character a byte, and gives where the rest
 * begins: anything else, or what is not all there yet. Nothing is copied.
 */
export const deliverWholeText = (bytes: string, sink: FrameSink, maxFrameBytes: number): number => {
  let at = 0
  for (;;) {
    const end = bytes.indexOf('\n\n', at)
    const length = end < 0 ? -1 : plainEventLength(bytes, at, end)
    if (length < 0 || length > maxFrameBytes || end + 2 + length > bytes.length) return at
    at = end + 2 + length
    sink.event(bytes.slice(end + 2, at), 'plain', 0)
  }
}
