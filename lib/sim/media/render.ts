import type { Source } from './sending.ts'
import type { Sound } from './sound.ts'
import type { Note } from './tones.ts'

const RATE = 8000
const SAMPLES_PER_MS = 8
const FULL = 32_767

/** The digital milliwatt of a bit error test, as a note. */
const MILLIWATT: Note = { at: 0, ms: Infinity, frequencies: [1000], volume: -3 }

const sampleOf = ({ frequencies, volume }: Note, sample: number): number => {
  let sum = 0
  for (const frequency of frequencies) sum += Math.sin((2 * Math.PI * frequency * sample) / RATE)
  return (sum / frequencies.length) * FULL * 10 ** (volume / 20)
}

/** One pass as samples, from a sample of it on; what is only known by its length is silence. */
const samplePass = (sound: Sound, at: number): number => {
  if (sound.wave) return sound.wave.samples()[at] ?? 0
  const ms = at / SAMPLES_PER_MS
  const note = sound.notes.find((one) => ms >= one.at && ms < one.at + one.ms)
  return note ? sampleOf(note, at - note.at * SAMPLES_PER_MS) : 0
}

/** A noise that is the same in every run. */
const noiseAt = (sample: number): number => (((sample * 1_103_515_245 + 12_345) >>> 16) & 0x3ff) - 512

/** Samples of 8 kHz that a source gives, from a position of its own (in samples) on. */
export const render = (source: Source, from: number, count: number): Int16Array => {
  const out = new Int16Array(count)
  if (source.kind === 'silence') return out
  for (let i = 0; i < count; i++) {
    const at = from + i
    if (source.kind === 'noise') out[i] = noiseAt(at)
    else if (source.kind === 'pattern') out[i] = sampleOf(MILLIWATT, at)
    else out[i] = samplePass(source.playing.sound, at % passOf(source.playing.sound))
  }
  return out
}

const passOf = ({ passMs }: Sound): number => Math.max(1, Math.round(passMs * SAMPLES_PER_MS))

/** Two sounds at once; what is too loud is cut off. */
export const mix = (a: Int16Array, b: Int16Array): Int16Array =>
  a.map((sample, i) => Math.max(-FULL - 1, Math.min(FULL, sample + (b[i] ?? 0))))
