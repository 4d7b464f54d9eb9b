import type { Config } from '../core/config.ts'
import { readTones, type Note, type Tones } from './tones.ts'
import { findWave, type Wave } from './wave.ts'

/** A sound that can be played. Times in milliseconds. */
export interface Sound {
  /** As events show it. */
  readonly path: string
  /** What stood in `{…}` in front of it: events have it as headers. */
  readonly params: readonly (readonly [name: string, value: string])[]
  /** One pass, and all of them; for ever is Infinity. */
  readonly passMs: number
  readonly ms: number
  /** The tones of one pass; none for files and silence. */
  readonly notes: readonly Note[]
  /** Samples of 8 kHz that are read of it at once: what is played is counted by what was read. */
  readonly block: number
  /** The sound of one pass; undefined for silence, tones, and files of which only the length is known. */
  readonly wave: Wave | undefined
}

const SAMPLES_PER_MS = 8

/** FreeSWITCH reads files in blocks of that many samples (`FILE_STARTSAMPLES` in `src/switch_ivr_play_say.c`). */
const FILE_BLOCK = 16_384

const times = (ms: number, loops: number): number => (loops < 0 ? Infinity : ms * Math.max(1, loops))

const plain = (path: string, ms: number, loops = 1): Sound => ({
  path,
  params: [],
  passMs: ms,
  ms: times(ms, loops),
  notes: [],
  block: FILE_BLOCK,
  wave: undefined,
})

/** Calls play the same few tones again and again. */
const known = new Map<string, Tones>()
const MOST_KNOWN = 256

const tonesOf = (tgml: string): Tones => {
  let tones = known.get(tgml)
  if (!tones) {
    tones = readTones(tgml)
    if (known.size < MOST_KNOWN) known.set(tgml, tones)
  }
  return tones
}

/** Tones of TGML, so many times. */
export const toneStream = (tgml: string, loops: number, path = tgml): Sound => {
  const { notes, ms } = tonesOf(tgml)
  return { ...plain(path, ms, loops), notes, block: Math.max(1, Math.round(ms * SAMPLES_PER_MS)) }
}

/** `tone_stream://<TGML>[;loops=n]`. */
const tones = (path: string, loops: number): Sound =>
  toneStream(path.slice('tone_stream://'.length).replace(/;loops=-?\d+.*$/i, ''), loops, path)

/** `a!b`: one file after the other; those that are not there are left out (`file_string_file_open` in `mod_dptools.c`). */
const joined = (config: Config, path: string): Sound | undefined => {
  const parts = path.slice('file_string://'.length).split('!')
  const found = parts.flatMap((part) => findSound(config, part) ?? [])
  if (found.length === 0) return undefined
  let at = 0
  const notes = found.flatMap((part) => {
    const shifted = part.notes.map((note) => ({ ...note, at: note.at + at }))
    at += part.ms
    return shifted
  })
  return { ...plain(path, at), notes }
}

/** A file by its whole path, its length known or read. */
const file = (config: Config, path: string): Sound | undefined => {
  const known = config.sounds.get(path)
  const whole = path.startsWith('/') ? path : `${config.soundsDir}/${path}`
  const wave = config.realSounds ? findWave(whole) : undefined
  const ms = wave?.ms ?? known
  return ms === undefined ? undefined : { ...plain(wave?.path ?? whole, ms), wave }
}

/** `file@@8000`: from that sample on. */
const startingAt = (sound: Sound, samples: number): Sound => {
  const skipped = samples / SAMPLES_PER_MS
  return { ...sound, ms: Math.max(0, sound.ms - skipped) }
}

const readParams = (text: string): (readonly [string, string])[] =>
  text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes('='))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])

/** Streams are what their names say, whatever switch it is: calls play the same few. Files are looked for anew. */
const streams = new Map<string, Sound | undefined>()
const MOST_STREAMS = 256
const LONGEST_STREAM = 256
const STREAM = /^(?:\{[^}]*\})?(?:tone|silence)_stream:\/\//

const findStream = (config: Config, name: string): Sound | undefined => {
  if (streams.has(name)) return streams.get(name)
  const sound = readSound(config, name)
  if (streams.size < MOST_STREAMS && name.length <= LONGEST_STREAM) streams.set(name, sound)
  return sound
}

/**
 * Finds what `playback` is asked to play: a tone or silence stream, files one after the other, or one of those that the
 * switch knows; undefined for a file that does not exist. `{name=value}` in front gives parameters, `loops` among them.
 */
export const findSound = (config: Config, name: string): Sound | undefined =>
  STREAM.test(name) ? findStream(config, name) : readSound(config, name)

const readSound = (config: Config, name: string): Sound | undefined => {
  const [, inside, rest = name] = /^\{([^}]*)\}([^]*)$/.exec(name) ?? []
  const params = readParams(inside ?? '')
  const [, path = rest, offset] = /^([^]*?)@@(\d+)$/.exec(rest) ?? []
  const given = params.find(([one]) => one === 'loops')?.[1]
  const loops = Number(given ?? /;loops=(-?\d+)/i.exec(path)?.[1] ?? 1)
  const sound = findPlain(config, path, loops)
  if (!sound) return undefined
  const started = offset === undefined ? sound : startingAt(sound, Number(offset))
  return inside === undefined ? started : { ...started, params, path: `{${inside}}${sound.path}` }
}

const findPlain = (config: Config, path: string, loops: number): Sound | undefined => {
  if (path.startsWith('tone_stream://')) return path.includes('://path=') ? undefined : tones(path, loops)
  const silence = /^silence_stream:\/\/(-?\d+)/.exec(path)?.[1]
  if (silence !== undefined) {
    const ms = Number(silence)
    return ms === 0 ? undefined : plain(path, ms < 0 ? Infinity : ms)
  }
  return path.startsWith('file_string://') ? joined(config, path) : file(config, path)
}
