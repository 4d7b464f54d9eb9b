import { existsSync, readFileSync } from 'node:fs'
import { decodeSamples, readWaveHead } from './riff.ts'

/** A WAV file: how long it is, in milliseconds, and, when asked for, its sound at 8 kHz, one channel. */
export interface Wave {
  readonly path: string
  readonly ms: number
  samples(): Int16Array
}

/** Files are read again when they have been written anew: nothing is kept but what one playback holds. */
const readWave = (path: string): Wave | undefined => {
  const bytes = readFileSync(path)
  const head = readWaveHead(bytes)
  if (!head) return undefined
  let samples: Int16Array | undefined
  return { path, ms: head.ms, samples: () => (samples ??= decodeSamples(bytes, head)) }
}

/** Finds a WAV file, `.wav` where the path has no ending; undefined for one that is not there, or that is no WAV. */
export const findWave = (path: string): Wave | undefined => {
  const candidates = /\.\w+$/.test(path) ? [path] : [path, `${path}.wav`]
  const found = candidates.find((one) => existsSync(one))
  return found === undefined ? undefined : readWave(found)
}
