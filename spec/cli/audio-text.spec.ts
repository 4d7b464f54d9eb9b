import { expect, test } from 'vitest'
import { audioText } from '../../lib/cli/display/audio-text.ts'
import type { AudioVerdict } from '../../lib/measure/audio/judge-audio.ts'

const VERDICT: AudioVerdict = {
  good: true,
  faults: [],
  durationMs: 3187,
  soundMs: 1600,
  levelDbov: -23.42,
  peakDb: -8.1,
  clippings: 0,
  clippedPercent: 0,
  delayMs: 187,
  delayVariationMs: 20,
  correlation: 0.984,
  gainDb: -6.02,
  clipPercent: 100,
  misread: null,
  dropOuts: [],
  dropOutMs: 0,
  dropOutPercent: 0,
  rEstimate: 93.21,
  mosEstimate: 4.41,
}

test('a good verdict, and its figures with their units', () => {
  expect(audioText('rec.wav', VERDICT)).toBe(
    `rec.wav: good
  length      3.187 s, 1.600 s of sound
  level       -23.4 dBov, peak -8.1 dB
  clip        at 187.0 ms, -6.0 dB louder (correlation 0.98)
  clipping    0 places, 0.00 % of the samples
  drop-outs   0, 0 ms, 0.00 % of the clip
  MOS         4.41 (R 93.2), an estimate by the E-model
`,
  )
})

test('a bad verdict says all that is wrong, and where', () => {
  const dropOuts = Array.from({ length: 22 }, (_, i) => ({ atMs: i * 100, ms: 60 }))
  const text = audioText('rec.wav', { ...VERDICT, good: false, faults: ['drop-outs', 'mos'], dropOuts })
  expect(text).toContain('rec.wav: bad: sound dropped out; the estimated MOS is too low\n')
  expect(text).toContain('    at 0.100 s for 60 ms\n')
  expect(text).toContain('    and 2 more\n')
})

test('silence has dashes for what cannot be measured', () => {
  const nothing = {
    levelDbov: null,
    peakDb: null,
    delayMs: null,
    correlation: null,
    rEstimate: null,
    mosEstimate: null,
  }
  const text = audioText('rec.wav', { ...VERDICT, ...nothing, good: false, faults: ['one-way'] })
  expect(text).toContain('one-way audio')
  expect(text).toContain('not found (correlation -)')
  expect(text).toContain('MOS         - (R -)')
})
