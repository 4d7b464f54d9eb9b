import { readFileSync } from 'node:fs'
import { ArgumentError, messageOf } from '../../errors.ts'
import { decodeChannels } from '../../wave/decode.ts'
import { readWaveHead } from '../../wave/head.ts'

/** Sound as samples of 16 bits, channel by channel. */
export interface Sound {
  /** Samples a second. */
  readonly rate: number
  readonly channels: readonly Int16Array[]
  readonly ms: number
}

const read = (path: string): Buffer => {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new ArgumentError(`cannot read ${path}: ${messageOf(error)}`, error)
  }
}

/**
 * FreeSWITCH (1.10.12) fills the last frame of a stereo recording up with memory that nobody has written to: noise at full
 * scale. So the last 40 ms of what has several channels are left out.
 */
const STRAY_MS = 40

const withoutStray = (channels: Int16Array[], rate: number): Int16Array[] =>
  channels.length < 2
    ? channels
    : channels.map((channel) => channel.subarray(0, Math.max(0, channel.length - (rate * STRAY_MS) / 1000)))

/**
 * Reads a WAV file: PCM of 8 to 32 bits, µ-law or A-law, any number of channels. Throws ArgumentError (BAD_ARGUMENT) for a
 * file that cannot be read, and for one of another kind.
 */
export const readSound = (path: string): Sound => {
  const bytes = read(path)
  const head = readWaveHead(bytes)
  if (!head)
    throw new ArgumentError(
      `expected ${path} to be a WAV file of PCM, µ-law or A-law; bring others to it: sox ${path} out.wav`,
    )
  return { rate: head.rate, channels: withoutStray(decodeChannels(bytes, head), head.rate), ms: head.ms }
}
