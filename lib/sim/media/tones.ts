/** A tone and the silence behind it: where it begins in its stream, and how long it sounds; times in milliseconds. */
export interface Note {
  readonly at: number
  readonly ms: number
  readonly frequencies: readonly number[]
  /** In dB below full scale. */
  readonly volume: number
}

export interface Tones {
  readonly notes: readonly Note[]
  /** How long all of it is, silences too. */
  readonly ms: number
}

const ROWS = [697, 770, 852, 941]
const COLUMNS = [1209, 1336, 1477, 1633]
const KEYS = ['123A', '456B', '789C', '*0#D']

/** The two frequencies of a key (ITU-T Q.23). */
export const KEY_FREQUENCIES: ReadonlyMap<string, readonly [number, number]> = new Map(
  KEYS.flatMap((keys, row) =>
    Array.from(keys, (key, column) => [key, [ROWS[row] ?? 0, COLUMNS[column] ?? 0]] as const),
  ),
)

/** The key that a pair of frequencies stands for, undefined for another tone; 7, 8, 9 and C may be a little off. */
export const keyOf = (frequencies: readonly number[]): string | undefined => {
  const near = (a: number, b: number | undefined): boolean => b !== undefined && Math.abs(a - b) <= 0.018 * a
  for (const [key, [low, high]] of KEY_FREQUENCIES)
    if (frequencies.length === 2 && near(low, frequencies[0]) && near(high, frequencies[1])) return key
  return undefined
}

const DURATION = 250
const WAIT = 62.5
const VOLUME = -7

/** What `d=`, `w=`, `v=` and `l=` have set for the notes behind them. */
interface Setting {
  duration: number
  wait: number
  volume: number
  repeats: number
  whole: number
}

const apply = (setting: Setting, name: string, value: number): void => {
  if (name === 'd') setting.duration = value
  else if (name === 'w') setting.wait = value
  else if (name === 'v') setting.volume = value
  else if (name === 'l') setting.repeats = value
  else if (name === 'L' && value > 0) setting.whole = value
}

/** More than anybody listens to; a text with `L=999999999` must not fill the memory. */
const MOST_NOTES = 10_000

const NOTE = /([%0-9A-D*#])(?:\(([^)]*)\))?/g

/** Adds the notes of one piece: `%(on,off,hz...)`, or keys, `1(100,50)` with times of their own. */
const addNotes = (notes: Note[], from: number, piece: string, setting: Setting): number => {
  let at = from
  for (const [, key = '', inside] of piece.matchAll(NOTE)) {
    const numbers = inside?.split(',').map((text) => Number.parseFloat(text) || 0) ?? []
    const [on = setting.duration, off = setting.wait, ...given] = numbers
    const frequencies = key === '%' ? given : (KEY_FREQUENCIES.get(key) ?? [])
    if (frequencies.length === 0) continue
    const times = Math.max(1, setting.repeats)
    for (let i = 0; i < times && notes.length < MOST_NOTES; i++) {
      notes.push({ at, ms: on, frequencies, volume: setting.volume })
      at += on + off
    }
    setting.repeats = 1
  }
  return at
}

/**
 * Reads TGML, the language of tone streams: `d=200;w=100;123`, `%(500,100,440);L=3`
 * (`teletone_run` in `libs/libteletone/src/libteletone_generate.c`). Decay is not modelled: a note keeps its volume.
 */
export const readTones = (text: string): Tones => {
  const setting: Setting = { duration: DURATION, wait: WAIT, volume: VOLUME, repeats: 1, whole: 1 }
  const notes: Note[] = []
  let ms = 0
  for (let pass = 0; pass < Math.min(setting.whole, MOST_NOTES) && notes.length < MOST_NOTES; pass++)
    for (const piece of text.split(';').map((one) => one.trim())) {
      const [, name, value = ''] = /^([cdlLrvw<>+])=(.*)$/.exec(piece) ?? []
      if (name !== undefined) apply(setting, name, Number.parseFloat(value) || 0)
      else ms = addNotes(notes, ms, piece, setting)
    }
  return { notes, ms }
}
