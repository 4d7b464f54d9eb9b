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
  return { rate: head.rate, channels: decodeChannels(bytes, head), ms: head.ms }
}
