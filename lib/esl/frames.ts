import { ProtocolError } from '../errors.ts'
import {
  AFTER_DIGITS,
  checkLength,
  endOfDigits,
  lengthBefore,
  plainHead,
  readHead,
  type Head,
} from './frame-head.ts'
import { join, load, positionOf, ROOM } from './in-memory.ts'
import { deliverWholeText } from './text-frames.ts'

/** How events come on a connection: the last `event` command decides. */
export type EventFormat = 'plain' | 'json' | 'xml'

/** Whoever takes the frames of a connection, in order. Strings are latin1: one character a byte. */
export interface FrameSink {
  /** An event: `text` is what stands inside the frame, `position` where its bytes are in the scanner's memory (or 0). */
  event(text: string, format: EventFormat, position: number): void
  /** Any other frame: its Content-Type, its headers (without the blank line) and its body, `''` where it has none. */
  frame(type: string, head: string, body: string): void
}

export interface FrameDecoder {
  /** Takes the next bytes; `chunk` is not kept, so that a read buffer can be used again. Throws ProtocolError. */
  push(chunk: Buffer): void
  /** Takes the next bytes, one character each. Throws ProtocolError. */
  pushText(bytes: string): void
}

const LF = 10
/** FreeSWITCH's largest is a `connect` reply of some 10 kB; anything near this is not the Event Socket. */
const LONGEST_HEAD = 1 << 20

/** `show channels` of 50,000 channels is some 30 MB; an event, the result of a job apart, is far below 1 MB. */
export const MAX_FRAME_BYTES = 64 << 20

/** After a frame of this size or more, the memory that it was put together in is given back. */
const KEPT_CARRY = 1 << 20
const FIRST_CARRY = 16384

/** Where the blank line after the headers that begin at `from` ends, or -1 while it has not come. */
const endOfHead = (bytes: Buffer, from: number, end: number): number => {
  for (let i = from; i + 1 < end; i++) if (bytes[i] === LF && bytes[i + 1] === LF) return i + 2
  return -1
}

/**
 * Finds the frames in the bytes of a connection, however they are cut into chunks: headers up to a blank line, then as
 * many bytes as Content-Length says (`src/mod/event_handlers/mod_event_socket/mod_event_socket.c`). A frame that comes
 * whole in one chunk is not copied but for the string it becomes.
 */
export const createFrameDecoder = (sink: FrameSink, maxFrameBytes = MAX_FRAME_BYTES): FrameDecoder => {
  // Nothing for a connection that says nothing: there may be thousands.
  let carry = Buffer.alloc(0)
  let held = 0 // bytes in `carry`: the beginning of a head, or of the body that `open` is about
  let open: Head | undefined
  let start = 0 // the position of the chunk

  const deliver = (head: Head, bytes: Buffer, from: number): void => {
    const body = head.length === 0 ? '' : bytes.toString('latin1', from, from + head.length)
    if (head.format) sink.event(body, head.format, bytes === carry ? join(carry, head.length) : start + from)
    else sink.frame(head.type, head.text, body)
  }

  const keep = (bytes: Buffer, from: number, to: number): void => {
    const size = held + to - from
    if (size > carry.length) {
      // Not at once what Content-Length says: that is a claim, the bytes may never come.
      const larger = Buffer.alloc(
        Math.max(size, FIRST_CARRY, Math.min(carry.length * 4, open ? open.length : LONGEST_HEAD)),
      )
      carry.copy(larger, 0, 0, held)
      carry = larger
    }
    bytes.copy(carry, held, from, to)
    held = size
  }

  /** The head that `carry` began and `chunk` goes on with; gives where in `chunk` its end is, or -1. */
  const finishHead = (chunk: Buffer): number => {
    const before = held
    keep(chunk, 0, Math.min(chunk.length, 512))
    let end = endOfHead(carry, Math.max(0, before - 1), held)
    if (end < 0 && chunk.length > 512) {
      keep(chunk, 512, chunk.length)
      end = endOfHead(carry, Math.max(0, before - 1), held)
    }
    if (end < 0) {
      if (held > LONGEST_HEAD)
        throw new ProtocolError(`a frame's headers did not end within ${LONGEST_HEAD} bytes`)
      return -1
    }
    open = readHead(carry, 0, end, maxFrameBytes)
    held = 0
    return end - before
  }

  /** As `deliverWhole`, as long as plain events come: nothing else of them is made than their text. */
  const deliverPlain = (chunk: Buffer, at: number, size: number): number => {
    for (;;) {
      const digits = endOfDigits(chunk, at, size)
      if (digits < 0) return at
      const length = checkLength(lengthBefore(chunk, at, digits), maxFrameBytes)
      const from = digits + AFTER_DIGITS
      if (from + length > size) {
        open = plainHead(length)
        return from
      }
      at = from + length
      sink.event(chunk.toString('latin1', from, at), 'plain', start + from)
    }
  }

  /** Delivers what lies whole in `chunk` from `at` on; gives where the rest begins. */
  const deliverWhole = (chunk: Buffer, at: number): number => {
    const size = chunk.length
    for (;;) {
      if (!open) at = deliverPlain(chunk, at, size)
      // A reply built from a multi-line variable leaves stray newlines behind.
      while (!open && at < size && chunk[at] === LF) at++
      if (!open) {
        const end = endOfHead(chunk, at, size)
        if (end < 0) return at
        open = readHead(chunk, at, end, maxFrameBytes)
        at = end
      }
      if (at + open.length > size) return at
      const head = open
      open = undefined
      deliver(head, chunk, at)
      at += head.length
    }
  }

  /** Takes bytes that are loaded. */
  const take = (chunk: Buffer): void => {
    let at = 0
    start = positionOf(chunk)
    if (held > 0 && !open) {
      at = finishHead(chunk)
      if (at < 0) return
    } else if (open && held > 0) {
      const missing = open.length - held
      if (chunk.length < missing) {
        keep(chunk, 0, chunk.length)
        return
      }
      keep(chunk, 0, missing)
      const head = open
      open = undefined
      held = 0
      deliver(head, carry, 0)
      if (carry.length > KEPT_CARRY) carry = Buffer.alloc(0)
      at = missing
    }
    at = deliverWhole(chunk, at)
    if (at < chunk.length) keep(chunk, at, chunk.length)
  }

  const push = (chunk: Buffer): void => {
    if (chunk.length <= ROOM) take(load(chunk))
    else for (let at = 0; at < chunk.length; at += ROOM) take(load(chunk.subarray(at, at + ROOM)))
  }

  /** Frames that are whole are cut out of the text; what begins, or ends, in another piece goes the way of bytes. */
  const pushText = (bytes: string): void => {
    const at = held > 0 || open ? 0 : deliverWholeText(bytes, sink, maxFrameBytes)
    if (at < bytes.length) push(Buffer.from(bytes.slice(at), 'latin1'))
  }

  return { push, pushText }
}
