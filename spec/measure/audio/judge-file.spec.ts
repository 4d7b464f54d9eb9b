import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeFile, type JudgeFileOptions } from '../../../lib/measure/audio/judge-file.ts'
import type { AudioVerdict } from '../../../lib/measure/audio/judge-audio.ts'
import { writeWave } from '../../../lib/wave/write.ts'
import { add, cutOut, noise, RATE, scale, shift, speech, tone, ulawFile } from './sounds.ts'

const CLIP = speech(3000)
let dir = ''
let files = 0
let reference = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'switchix-audio-'))
  reference = fileOf(writeWave([CLIP]))
})
afterAll(() => rmSync(dir, { recursive: true }))

const fileOf = (bytes: Buffer): string => {
  const path = join(dir, `${files++}.wav`)
  writeFileSync(path, bytes)
  return path
}

const judge = (recording: Buffer, options: Partial<JudgeFileOptions> = {}): AudioVerdict =>
  judgeFile({ reference, recording: fileOf(recording), ...options })

const mono = (samples: Int16Array): Buffer => writeWave([samples])

describe('a recording of a clip', () => {
  test('that came as it was is good', () => {
    expect(judge(mono(CLIP))).toMatchObject({
      good: true,
      faults: [],
      durationMs: 3000,
      delayMs: 0,
      correlation: 1,
      gainDb: 0,
      dropOuts: [],
      clippings: 0,
      mosEstimate: 4.41,
    })
  })

  test('that went through µ-law, late and in noise, is good, and as late as it is', () => {
    const verdict = judge(ulawFile(add(shift(scale(CLIP, 0.5), 187), noise(3187, 100))))
    expect(verdict).toMatchObject({ good: true, delayMs: 187, dropOuts: [] })
    expect(verdict.gainDb).toBeCloseTo(-6, 0)
    expect(verdict.correlation).toBeGreaterThan(0.98)
  })

  test.each([
    ['digital silence', new Int16Array(3 * RATE)],
    ['the noise of an idle line', noise(3000, 40)],
    ['a click', cutOut(noise(3000, 9000), 60, 2940)],
  ])('that is %s is silent', (_, samples) => {
    const verdict = judge(mono(samples))
    expect(verdict).toMatchObject({ good: false, faults: ['silence'], delayMs: null, mosEstimate: null })
  })

  test('of which the second half is silent has one long drop-out', () => {
    const verdict = judge(mono(cutOut(CLIP, 1500, 1500)))
    expect(verdict.faults).toContain('drop-outs')
    expect(verdict.dropOutPercent).toBeGreaterThan(30)
    expect(Math.min(...verdict.dropOuts.map(({ atMs }) => atMs))).toBeGreaterThanOrEqual(1495)
    expect(verdict.mosEstimate).toBeLessThan(2)
  })

  test('that was too loud is clipped', () => {
    const verdict = judge(mono(scale(CLIP, 12)))
    expect(verdict.faults).toEqual(['clipping'])
    expect(verdict.clippedPercent).toBeGreaterThan(0.5)
    expect(verdict.peakDb).toBeCloseTo(0, 1)
  })

  test('a tone at the overload point is loud, not clipped', () => {
    const loud = judge(mono(tone(3000, 1004, 32_767)))
    expect(loud.clippings).toBe(0)
    expect(loud.levelDbov).toBeCloseTo(-3.01, 1)
  })

  test('with another clip in it is unlike', () => {
    const verdict = judge(mono(speech(3000, 99)))
    expect(verdict).toMatchObject({ good: false, faults: ['unlike'], delayMs: null })
  })

  test('later than it may be is late', () => {
    const late = mono(shift(CLIP, 250))
    expect(judge(late).good).toBe(true)
    expect(judge(late, { limits: { maxDelayMs: 200 } }).faults).toEqual(['delay'])
    expect(judge(late, { limits: { maxDelayMs: 250 } }).good).toBe(true)
  })

  test('on one side of a call only is one-way audio', () => {
    const silent = new Int16Array(3 * RATE)
    expect(judge(writeWave([silent, CLIP])).faults).toEqual(['one-way'])
    expect(judge(writeWave([CLIP, silent])).good).toBe(true)
    expect(judge(writeWave([silent, CLIP]), { channel: 1 }).good).toBe(true)
    expect(judge(writeWave([silent, silent])).faults).toEqual(['silence'])
  })

  test('at another rate is compared all the same', () => {
    const verdict = judge(writeWave([shift(speech(3000, 1, 16_000), 100, 16_000)], 16_000), {
      reference: fileOf(writeWave([speech(3000, 1, 16_000)], 16_000)),
    })
    expect(verdict).toMatchObject({ good: true, delayMs: 100 })
    const low = shift(CLIP, 40)
    const wide = Int16Array.from({ length: 2 * low.length }, (_, i) => low[i >> 1] ?? 0)
    const found = judge(writeWave([wide], 16_000))
    expect(found.good).toBe(true)
    expect(Math.abs((found.delayMs ?? NaN) - 40)).toBeLessThan(1)
    expect(judge(mono(low), { reference: fileOf(writeWave([wide], 16_000)) })).toMatchObject({ delayMs: 0 })
  })

  test('has the estimate that the network gives', () => {
    const network = { codec: 'G729', lossPercent: 3, delayMs: 150 }
    const verdict = judge(mono(CLIP), { network })
    expect(verdict.mosEstimate).toBeLessThan(3.6)
    expect(verdict.faults).toEqual(['mos'])
    expect(judge(mono(CLIP), { network, limits: { minMos: 3 } }).good).toBe(true)
  })
})

describe('what cannot be judged', () => {
  test.each([
    ['no file', () => judgeFile({ reference: join(dir, 'none.wav'), recording: reference }), 'cannot read'],
    ['no WAV file', () => judge(Buffer.from('ID3 is MP3')), 'to be a WAV file'],
    ['no such channel', () => judge(mono(CLIP), { channel: 1 }), 'has 1 channels, no number 2'],
    ['no such limit', () => judge(mono(CLIP), { limits: { loud: 1 } as object }), 'got loud: 1'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message)
  })
})
