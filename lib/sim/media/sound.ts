import type { Config } from '../core/config.ts'

/** A sound that can be played: its path as events show it, and how long one pass takes; for ever is Infinity. */
export interface Sound {
  readonly path: string
  readonly ms: number
}

const loopsOf = (text: string): number => Number(/(?:^|[;,{])loops=(-?\d+)/.exec(text)?.[1] ?? 1)

const times = (ms: number, loops: number): number => (loops < 0 ? Infinity : ms * Math.max(1, loops))

/** `%(on,off,frequency...)` groups, one after the other; `L=n` repeats the whole (`src/libteletone_generate.c`). */
const toneMs = (tones: string): number => {
  let ms = 0
  for (const [, on = '0', off = '0'] of tones.matchAll(/%\(\s*(\d+)\s*,\s*(\d+)/g))
    ms += Number(on) + Number(off)
  const repeats = Number(/(?:^|;)L=(\d+)/i.exec(tones)?.[1] ?? 1)
  return ms * repeats
}

/** `a!b`: one file after the other; those that are not there are left out (`file_string_file_open` in `mod_dptools.c`). */
const joined = (config: Config, path: string, loops: number): Sound | undefined => {
  const parts = path.slice('file_string://'.length).split('!')
  const found = parts.flatMap((part) => findSound(config, part) ?? [])
  if (found.length === 0) return undefined
  return {
    path,
    ms: times(
      found.reduce((sum, { ms }) => sum + ms, 0),
      loops,
    ),
  }
}

/**
 * Finds what `playback` is asked to play: a tone or silence stream, or one of the files that the switch knows; undefined
 * for a file that does not exist.
 */
export const findSound = (config: Config, name: string): Sound | undefined => {
  const [, params = '', path = ''] = /^(\{[^}]*\})?([^]*)$/.exec(name) ?? []
  const loops = params.includes('loops=') ? loopsOf(params) : loopsOf(path)
  if (path.startsWith('tone_stream://')) return { path, ms: times(toneMs(path), loops) }
  const silence = /^silence_stream:\/\/(-?\d+)/.exec(path)
  if (silence) return { path, ms: Number(silence[1]) < 0 ? Infinity : times(Number(silence[1]), loops) }
  if (path.startsWith('file_string://')) return joined(config, path, loops)
  const ms = config.sounds.get(path)
  if (ms === undefined) return undefined
  return { path: path.startsWith('/') ? path : `${config.soundsDir}/${path}`, ms: times(ms, loops) }
}
