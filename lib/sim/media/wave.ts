import { existsSync, readFileSync } from 'node:fs'
import { decodeChannels } from '../../wave/decode.ts'
import { readWaveHead, type WaveHead } from '../../wave/head.ts'

/** A WAV file: how long it is, in milliseconds, and, when asked for, its sound at 8 kHz, one channel. */
export interface Wave {
  readonly path: string
  readonly ms: number
  samples(): Int16Array
}

const RATE = 8000

/** The sound as samples of 8 kHz, its channels mixed; another rate is brought to it by the nearest samples. */
export const decodeSamples = (bytes: Buffer, head: WaveHead): Int16Array => {
  const channels = decodeChannels(bytes, head)
  const out = new Int16Array(Math.round((head.ms * RATE) / 1000))
  const last = Math.max(0, (channels[0]?.length ?? 0) - 1)
  for (let i = 0; i < out.length; i++) {
    const frame = Math.min(last, Math.floor((i * head.rate) / RATE))
    let sum = 0
    for (const channel of channels) sum += channel[frame] ?? 0
    out[i] = Math.trunc(sum / channels.length)
  }
  return out
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
