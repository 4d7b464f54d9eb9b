import type { Config } from './config.ts'

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
  const ms = config.sounds.get(path)
  if (ms === undefined) return undefined
  return { path: path.startsWith('/') ? path : `${config.soundsDir}/${path}`, ms: times(ms, loops) }
}
