import type { EventState } from './event.ts'
import { scanner } from './scanner.ts'

/**
 * Which bytes are in the scanner's memory. A position is a place in it at a certain time: once other bytes were put there it
 * does not hold any more. 0 is nowhere.
 */

/** More than the memory has bytes. */
const SPAN = 1 << 21

let generation = 1

/** The event whose text is in the memory now, and where. */
let shown: EventState | undefined
let place = 0

/** Where sockets may read to, one read at a time. */
export const readRoom = (): Buffer | undefined =>
  scanner?.bytes.subarray(scanner.READ, scanner.READ + scanner.ROOM)

/** How many bytes are taken at once. */
export const ROOM = scanner?.ROOM ?? Infinity

/** Puts the next bytes of a connection, `ROOM` at most, into the memory; gives them as they stand there. */
export const load = (chunk: Buffer): Buffer => {
  if (!scanner) return chunk
  generation++
  shown = undefined
  if (chunk.buffer === scanner.bytes.buffer) return chunk
  const { bytes, READ } = scanner
  chunk.copy(bytes, READ)
  return bytes.subarray(READ, READ + chunk.length)
}

/** The position of loaded bytes. */
export const positionOf = ({ byteOffset }: Buffer): number => (scanner ? generation * SPAN + byteOffset : 0)

/** Puts a text that came in pieces into the memory; gives its position. */
export const join = (bytes: Buffer, size: number): number => {
  if (!scanner || size > scanner.ROOM) return 0
  bytes.copy(scanner.bytes, scanner.JOINED, 0, size)
  return generation * SPAN + scanner.JOINED
}

/** The event is handed over next: its text is at that position, or was. */
export const show = (event: object, position: number): void => {
  const at = position - generation * SPAN
  if (at <= 0) return
  shown = event as EventState
  place = at
}

/** Where in the memory the text of an event is: brought there where it is not. -1 where it cannot be. */
export const placeOf = (event: EventState): number => {
  if (event === shown) return place
  if (!scanner || event.text.length > scanner.ROOM) return -1
  scanner.bytes.write(event.text, scanner.AGAIN, 'latin1')
  shown = event
  place = scanner.AGAIN
  return place
}
