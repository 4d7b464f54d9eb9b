import { fromAlaw, fromUlaw } from './g711.ts'
import { ALAW, ULAW, type WaveHead } from './head.ts'

const sampleAt = (bytes: Buffer, at: number, { format, bits }: WaveHead): number => {
  if (format === ULAW) return fromUlaw(bytes[at] ?? 0xff)
  if (format === ALAW) return fromAlaw(bytes[at] ?? 0xd5)
  if (bits === 8) return ((bytes[at] ?? 128) - 128) << 8
  return bytes.readIntLE(at, bits / 8) >> (bits - 16)
}

/** Each channel as samples of 16 bits, at the file's own rate. */
export const decodeChannels = (bytes: Buffer, head: WaveHead): Int16Array[] => {
  const width = head.bits / 8
  const frame = head.channels * width
  const frames = Math.floor(head.size / frame)
  return Array.from({ length: head.channels }, (_, channel) => {
    const out = new Int16Array(frames)
    for (let i = 0; i < frames; i++) out[i] = sampleAt(bytes, head.from + i * frame + channel * width, head)
    return out
  })
}
