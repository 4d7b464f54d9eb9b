import { SCAN_CODE } from './scan-code.ts'

/** What wasm/src exports: numbers are places in its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Where a header's value begins, counted from `base`, or -1. What else it found stands at END and MARKS. */
  find(base: number, size: number, record: number): number
  /** How many headers there are, or -1 where they are too many: what is written where is told in wasm/src/headers.ts. */
  index(base: number, size: number): number
  nextText(): number
  learn(size: number, rarest: number): number
  readonly [place: Uppercase<string>]: { readonly value: number }
}

interface Engine {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

/** Undefined where Node runs without WebAssembly (`--jitless`), or the processor has no SIMD. */
const instantiate = (): Exports | undefined => {
  const engine = (globalThis as { WebAssembly?: Engine }).WebAssembly
  if (!engine) return undefined
  try {
    return new engine.Instance(new engine.Module(Buffer.from(SCAN_CODE, 'base64'))).exports as Exports
  } catch {
    return undefined
  }
}

const NEWLINE = 10

/**
 * The other side of wasm/src, which searches the text of plain events many bytes at a time. There is one, with one memory,
 * for all connections: nobody needs it for longer than one call of a function takes.
 */
const start = () => {
  const exports = instantiate()
  if (!exports) return undefined
  const at = (name: Uppercase<string>): number => exports[name]?.value ?? 0
  const { find, index, nextText, learn } = exports
  const places = { READ: at('READ'), JOINED: at('JOINED'), AGAIN: at('AGAIN'), DECODED: at('DECODED') }
  const bytes = Buffer.from(exports.memory.buffer)
  for (const room of [places.READ, places.JOINED, places.AGAIN]) bytes[room - 1] = NEWLINE
  return {
    ...places,
    find,
    index,
    nextText,
    learn,
    bytes,
    words: new Int32Array(exports.memory.buffer),
    /** The size of each of the rooms, in bytes. */
    ROOM: at('ROOM'),
    /** In words of four bytes, as is what follows. */
    LINES: at('LINES') / 4,
    CHANGED: at('CHANGED') / 4,
    OTHERS: at('OTHERS') / 4,
    END: at('END') / 4,
    MARKS: at('MARKS') / 4,
    CHANGES: at('CHANGES') / 4,
  }
}

export type Scanner = NonNullable<ReturnType<typeof start>>

export const scanner = start()
