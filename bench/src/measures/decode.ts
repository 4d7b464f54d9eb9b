import { readRoom } from '../../../dist/esl/in-memory.js'
import type { EslEvent } from '../../../dist/index.js'
import { createPump } from '../../../dist/link/pump.js'
import { argument, report } from '../in-process.ts'
import { TEN } from '../measured.ts'
import { frame, recordedEvents } from '../stream.ts'

/** Decoding and handing over without a socket: nanoseconds an event, least of several, the copy of its bytes taken off. */
const repeats = argument(40)
const events = recordedEvents()
const bytes = Buffer.concat(events.map(({ plain }) => frame('plain', plain)))
const room = readRoom() ?? Buffer.alloc(1 << 16)

const pass = (take: (chunk: Buffer) => void): number => {
  const started = process.hrtime.bigint()
  for (let at = 0; at < bytes.length; at += room.length) {
    const size = Math.min(room.length, bytes.length - at)
    bytes.copy(room, 0, at, at + size)
    take(room.subarray(0, size))
  }
  return Number(process.hrtime.bigint() - started) / events.length
}

let read = 0
const add = (value: string | undefined): void => {
  read += value?.length ?? 0
}

const reading = (visit: (event: EslEvent) => void): ((chunk: Buffer) => void) =>
  createPump({
    event(event) {
      visit(event)
      return undefined
    },
    frame: () => true,
    broken(error) {
      throw error
    },
  }).data

const takes: Record<string, (chunk: Buffer) => void> = {
  copy: (chunk) => add(String(chunk.length)),
  none: reading(() => undefined),
  two: reading((event) => TEN.slice(0, 2).forEach((name) => add(event.get(name)))),
  ten: reading((event) => TEN.forEach((name) => add(event.get(name)))),
  all: reading((event) => event.forEach(add)),
}
const least: Record<string, number> = {}
for (let i = 0; i < repeats; i++)
  for (const [name, take] of Object.entries(takes))
    least[name] = Math.min(least[name] ?? Infinity, pass(take))
const { copy = 0, ...others } = least
report({ read, copy, ...Object.fromEntries(Object.entries(others).map(([name, ns]) => [name, ns - copy])) })
