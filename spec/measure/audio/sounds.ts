import { createRandom } from '../../../lib/dial/random.ts'
import { writeWave } from '../../../lib/wave/write.ts'

export const RATE = 8000

/** Noise with syllables and pauses, as speech has them; the same for the same seed. */
export const speech = (ms: number, seed = 1, rate = RATE): Int16Array => {
  const random = createRandom(seed)
  const out = new Int16Array((ms * rate) / 1000)
  for (let i = 0; i < out.length; i++) {
    const t = i / rate
    const loud =
      Math.max(0, Math.sin(2 * Math.PI * 2 * t)) ** 0.5 * (0.6 + 0.4 * Math.sin(2 * Math.PI * 0.7 * t))
    out[i] = (random() - 0.5) * 12_000 * loud
  }
  return out
}

/** Noise without a pause. */
export const noise = (ms: number, amplitude: number, seed = 2, rate = RATE): Int16Array => {
  const random = createRandom(seed)
  return Int16Array.from({ length: (ms * rate) / 1000 }, () => (random() - 0.5) * 2 * amplitude)
}

export const tone = (ms: number, hz: number, amplitude: number, rate = RATE): Int16Array =>
  Int16Array.from(
    { length: (ms * rate) / 1000 },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate),
  )

const clip = (value: number): number => Math.max(-32_768, Math.min(32_767, value))

/** So much louder; what is too loud is cut off. */
export const scale = (samples: Int16Array, factor: number): Int16Array =>
  samples.map((sample) => clip(Math.round(sample * factor)))

export const add = (a: Int16Array, b: Int16Array): Int16Array =>
  a.map((sample, i) => clip(sample + (b[i] ?? 0)))

/** With silence in front, or (less than 0) without its beginning. */
export const shift = (samples: Int16Array, ms: number, rate = RATE): Int16Array => {
  const count = Math.round((ms * rate) / 1000)
  if (count < 0) return samples.subarray(-count)
  const out = new Int16Array(samples.length + count)
  out.set(samples, count)
  return out
}

/** With silence in place of a part of it. */
export const cutOut = (samples: Int16Array, atMs: number, ms: number, rate = RATE): Int16Array => {
  const out = samples.slice()
  out.fill(0, Math.round((atMs * rate) / 1000), Math.round(((atMs + ms) * rate) / 1000))
  return out
}

/** µ-law's byte for a sample (ITU-T G.711). */
const toUlaw = (sample: number): number => {
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132
  const exponent = Math.floor(Math.log2(magnitude)) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff
}

/** A WAV file of µ-law. */
export const ulawFile = (samples: Int16Array): Buffer => {
  const bytes = Buffer.concat([
    writeWave([new Int16Array()]),
    Buffer.from(Array.from(samples, (sample) => toUlaw(sample))),
  ])
  bytes.writeUInt32LE(36 + samples.length, 4)
  bytes.writeUInt16LE(7, 20)
  bytes.writeUInt32LE(RATE, 28)
  bytes.writeUInt16LE(1, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.writeUInt32LE(samples.length, 40)
  return bytes
}
