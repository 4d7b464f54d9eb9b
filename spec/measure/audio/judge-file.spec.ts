import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeFile, type JudgeFileOptions } from '../../../lib/measure/audio/judge-file.ts'
import type { AudioVerdict } from '../../../lib/measure/audio/judge-audio.ts'
import { decodeChannels } from '../../../lib/wave/decode.ts'
import { fromAlaw } from '../../../lib/wave/g711.ts'
import { readWaveHead, type WaveHead } from '../../../lib/wave/head.ts'
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

/** A WAV file with something wrong in its head. */
const spoiled = (spoil: (bytes: Buffer) => void): Buffer => {
  const bytes = mono(speech(100))
  spoil(bytes)
  return bytes
}

/** A-law's byte for a sample: that of the nearest value. */
const ALAW_VALUES = Array.from({ length: 256 }, (_, byte) => fromAlaw(byte))
const toAlaw = (sample: number): number =>
  ALAW_VALUES.reduce(
    (best, value, byte) =>
      Math.abs(value - sample) < Math.abs((ALAW_VALUES[best] ?? 0) - sample) ? byte : best,
    0,
  )

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
    ['its first quarter', 0, 750],
    ['its first half', 0, 1500],
    ['its last quarter', 2250, 750],
    ['a tenth near its end', 2500, 300],
  ])(
    'of which there is only %s is not good: how much of the clip there is is a figure, with a limit',
    (_, from, ms) => {
      const part = CLIP.subarray(from * 8, (from + ms) * 8)
      // From the first sound of the clip to its last, it is 2,750 ms long.
      const share = (100 * (Math.min(from + ms, 2750) - from)) / 2750
      const verdict = judge(mono(shift(part, 200)))
      expect(verdict.faults).toContain('incomplete')
      expect(verdict.clipPercent).toBeGreaterThan(share - 4)
      // Silence before it may stand for a pause of the clip.
      expect(verdict.clipPercent).toBeLessThan(share + 8)
      const lenient = judge(mono(shift(part, 200)), { limits: { minClipPercent: share - 4 } })
      expect(lenient.faults).not.toContain('incomplete')
    },
  )

  test.each([0.1, 1 / 6, 4])(
    'that is %d times as loud as the clip is not good; up to 10 dB it is',
    (factor) => {
      const quiet = scale(CLIP, 0.5)
      const file = fileOf(mono(quiet))
      const verdict = judgeFile({ reference: file, recording: fileOf(mono(scale(quiet, factor))) })
      expect(verdict.faults).toEqual(['level'])
      expect(verdict.gainDb).toBeCloseTo(20 * Math.log10(factor), 0)
      const limits = { maxLevelDb: Math.abs(20 * Math.log10(factor)) + 1 }
      expect(judgeFile({ reference: file, recording: fileOf(mono(scale(quiet, factor))), limits }).good).toBe(
        true,
      )
      expect(judgeFile({ reference: file, recording: fileOf(mono(scale(quiet, 0.35))) }).faults).toEqual([])
    },
  )

  test('of µ-law that is read as A-law, and the other way round, is told by its name', () => {
    // The bytes of the one law, with the number of the other in the head.
    const wrong = (bytes: Buffer, format: number): Buffer => {
      bytes.writeUInt16LE(format, 20)
      return bytes
    }
    const asAlaw = judge(wrong(ulawFile(shift(CLIP, 100)), 6))
    expect([asAlaw.good, asAlaw.misread]).toEqual([false, 'PCMU as PCMA'])
    expect(asAlaw.faults).toContain('law')
    const alaw = ulawFile(shift(CLIP, 100))
    const sound = decodeChannels(alaw, readWaveHead(alaw) as WaveHead)[0] ?? new Int16Array()
    for (const [i, sample] of sound.entries()) alaw[44 + i] = toAlaw(sample)
    const asUlaw = judge(alaw)
    expect([asUlaw.good, asUlaw.misread]).toEqual([false, 'PCMA as PCMU'])
    expect(judge(wrong(alaw, 6))).toMatchObject({ good: true, misread: null })
  })

  test.each([
    ['a data size of 0', (bytes: Buffer) => bytes.writeUInt32LE(0, 40)],
    ['no sizes at all', (bytes: Buffer) => bytes.writeUInt32LE(0, 40) + bytes.writeUInt32LE(0, 4)],
    ['a data size of 4 GB', (bytes: Buffer) => bytes.writeUInt32LE(0xffffffff, 40)],
    ['a data size that is larger than the file', (bytes: Buffer) => bytes.writeUInt32LE(1e6, 40)],
  ])('with %s is read to its end', (_, spoil) => {
    const bytes = mono(CLIP)
    spoil(bytes)
    expect(judge(bytes)).toMatchObject({ good: true, durationMs: 3000, clipPercent: 100 })
  })

  test('with no sound at all, and a chunk behind it, has none', () => {
    const bytes = Buffer.concat([mono(new Int16Array()), Buffer.from('LIST\x04\0\0\0INFO', 'latin1')])
    expect(judge(bytes)).toMatchObject({ faults: ['silence'], durationMs: 0 })
  })

  test.each([
    ['no head', Buffer.alloc(0)],
    ['half a head', Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0', 'latin1')],
    ['a rate of 0', spoiled((bytes) => bytes.writeUInt32LE(0, 24))],
    ['a rate of 1 Hz', spoiled((bytes) => bytes.writeUInt32LE(1, 24))],
    ['a rate of 4 GHz', spoiled((bytes) => bytes.writeUInt32LE(0xffffffff, 24))],
    ['no channels', spoiled((bytes) => bytes.writeUInt16LE(0, 22))],
    ['samples of 7 bits', spoiled((bytes) => bytes.writeUInt16LE(7, 34))],
    ['a format of its own', spoiled((bytes) => bytes.writeUInt16LE(0x55, 20))],
    ['a chunk of 4 GB before the sound', spoiled((bytes) => bytes.writeUInt32LE(0xffffffff, 16))],
  ])('that is hostile (%s) is refused in a line, and at once', (_, bytes) => {
    expect(() => judge(bytes)).toThrow(/expected .* to be a WAV file of PCM, µ-law or A-law/)
  })

  test.each([
    ['an odd chunk before the sound', Buffer.from('LIST\x03\0\0\0abc\0', 'latin1')],
    ['an empty chunk before the sound', Buffer.from('fact\0\0\0\0', 'latin1')],
  ])('with %s is read', (_, chunk) => {
    const bytes = mono(CLIP)
    expect(judge(Buffer.concat([bytes.subarray(0, 36), chunk, bytes.subarray(36)])).good).toBe(true)
  })

  test('of the extensible format is read', () => {
    const bytes = mono(CLIP)
    const head = Buffer.alloc(24)
    head.writeUInt16LE(22, 0)
    head.writeUInt16LE(16, 2)
    head.writeUInt16LE(1, 8)
    const all = Buffer.concat([bytes.subarray(0, 36), head, bytes.subarray(36)])
    all.writeUInt32LE(40, 16)
    all.writeUInt16LE(0xfffe, 20)
    expect(judge(all)).toMatchObject({ good: true, durationMs: 3000 })
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
