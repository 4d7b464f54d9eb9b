/** What a WAV file begins with, of as much of them as telephony has: PCM of 8 to 32 bits, and the two laws of G.711. */
export interface WaveHead {
  readonly format: number
  readonly channels: number
  readonly rate: number
  readonly bits: number
  /** Where the sound begins, in bytes, and how many bytes it has. */
  readonly from: number
  readonly size: number
  readonly ms: number
}

export const PCM = 1
export const ALAW = 6
export const ULAW = 7
const EXTENSIBLE = 0xfffe

/** What telephony and its tools use, in Hz; with a rate beyond, a few bytes would be years of sound. */
const [LOWEST, HIGHEST] = [1000, 384_000]

/** Whether there is another chunk there, whole. */
const isChunk = (bytes: Buffer, at: number): boolean =>
  at + 8 <= bytes.length &&
  /^[\x20-\x7e]{4}$/.test(bytes.toString('latin1', at, at + 4)) &&
  at + 8 + bytes.readUInt32LE(at + 4) <= bytes.length + 1

/**
 * How many bytes of sound there are. Whoever was killed while it wrote, or wrote to a pipe, has left 0 or 4 GB there: then it is all up
 * to the end of the file.
 */
const soundSize = (bytes: Buffer, from: number, size: number): number => {
  const rest = bytes.length - from
  return size === 0 && !isChunk(bytes, from) ? rest : Math.min(size, rest)
}

/** Reads the chunks up to the sound; undefined for what is no WAV file, or of a format that is not read. */
export const readWaveHead = (bytes: Buffer): WaveHead | undefined => {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined
  if (bytes.toString('latin1', 8, 12) !== 'WAVE') return undefined
  let format: Omit<WaveHead, 'from' | 'size' | 'ms'> | undefined
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    const from = at + 8
    if (id === 'fmt ' && from + 16 <= bytes.length) {
      const tag = bytes.readUInt16LE(from)
      const real = tag === EXTENSIBLE && from + 26 <= bytes.length ? bytes.readUInt16LE(from + 24) : tag
      format = {
        format: real,
        channels: bytes.readUInt16LE(from + 2),
        rate: bytes.readUInt32LE(from + 4),
        bits: bytes.readUInt16LE(from + 14),
      }
    }
    if (id === 'data') return format && finish(format, from, soundSize(bytes, from, size))
    // Chunks of an odd length are padded.
    at = from + size + (size & 1)
  }
  return undefined
}

const finish = (
  format: Omit<WaveHead, 'from' | 'size' | 'ms'>,
  from: number,
  size: number,
): WaveHead | undefined => {
  const { channels, rate, bits } = format
  const frame = channels * (bits / 8)
  const known = format.format === PCM ? [8, 16, 24, 32].includes(bits) : bits === 8
  if (!known || ![PCM, ALAW, ULAW].includes(format.format) || frame === 0) return undefined
  if (rate < LOWEST || rate > HIGHEST) return undefined
  return { ...format, from, size, ms: (Math.floor(size / frame) / rate) * 1000 }
}
