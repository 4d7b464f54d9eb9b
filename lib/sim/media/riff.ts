/** WAV files, as much of them as telephony has: PCM of 8 to 32 bits, and the two laws of G.711. */

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

const PCM = 1
const ALAW = 6
const ULAW = 7
const EXTENSIBLE = 0xfffe

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
    if (id === 'data') return format && finish(format, from, Math.min(size, bytes.length - from))
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
  if (!known || ![PCM, ALAW, ULAW].includes(format.format) || frame === 0 || rate === 0) return undefined
  return { ...format, from, size, ms: (Math.floor(size / frame) / rate) * 1000 }
}

/** G.711: a byte as a sample of 16 bits (ITU-T G.711). */
const fromUlaw = (byte: number): number => {
  const b = ~byte & 0xff
  const magnitude = (((b & 0x0f) << 3) + 0x84) << ((b & 0x70) >> 4)
  return b & 0x80 ? 0x84 - magnitude : magnitude - 0x84
}

const fromAlaw = (byte: number): number => {
  const b = byte ^ 0x55
  const exponent = (b & 0x70) >> 4
  const mantissa = ((b & 0x0f) << 4) + (exponent === 0 ? 8 : 0x108)
  const magnitude = exponent > 1 ? mantissa << (exponent - 1) : mantissa
  return b & 0x80 ? magnitude : -magnitude
}

const sampleAt = (bytes: Buffer, at: number, { format, bits }: WaveHead): number => {
  if (format === ULAW) return fromUlaw(bytes[at] ?? 0xff)
  if (format === ALAW) return fromAlaw(bytes[at] ?? 0xd5)
  if (bits === 8) return ((bytes[at] ?? 128) - 128) << 8
  return bytes.readIntLE(at, bits / 8) >> (bits - 16)
}

const RATE = 8000

/** The sound as samples of 8 kHz, its channels mixed; another rate is brought to it by the nearest samples. */
export const decodeSamples = (bytes: Buffer, head: WaveHead): Int16Array => {
  const { channels, rate, bits, from } = head
  const width = bits / 8
  const out = new Int16Array(Math.round((head.ms * RATE) / 1000))
  const last = Math.max(0, Math.floor(head.size / (channels * width)) - 1)
  for (let i = 0; i < out.length; i++) {
    const frame = Math.min(last, Math.floor((i * rate) / RATE))
    let sum = 0
    for (let c = 0; c < channels; c++) sum += sampleAt(bytes, from + (frame * channels + c) * width, head)
    out[i] = Math.trunc(sum / channels)
  }
  return out
}

/** Writes a WAV file of 16 bits, 8 kHz, as many channels as there are. */
export const writeWave = (channels: readonly Int16Array[]): Buffer => {
  const frames = channels[0]?.length ?? 0
  const size = frames * channels.length * 2
  const out = Buffer.alloc(44 + size)
  out.write('RIFF', 0, 'latin1')
  out.writeUInt32LE(36 + size, 4)
  out.write('WAVEfmt ', 8, 'latin1')
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(PCM, 20)
  out.writeUInt16LE(channels.length, 22)
  out.writeUInt32LE(RATE, 24)
  out.writeUInt32LE(RATE * channels.length * 2, 28)
  out.writeUInt16LE(channels.length * 2, 32)
  out.writeUInt16LE(16, 34)
  out.write('data', 36, 'latin1')
  out.writeUInt32LE(size, 40)
  for (let i = 0; i < frames; i++)
    for (let c = 0; c < channels.length; c++)
      out.writeInt16LE(channels[c]?.[i] ?? 0, 44 + (i * channels.length + c) * 2)
  return out
}
