import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from '../../lib/app/measure.ts'
import type { CallRecordings } from '../../lib/apps/clip-options.ts'
import { mutedPlayRec } from '../../lib/apps/muted-play-rec.ts'
import { playRec, type PlayRecOptions } from '../../lib/apps/play-rec.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { farEnd } from '../../lib/sim/far-end/script.ts'
import type { SimulateOptions } from '../../lib/sim/simulate.ts'
import { writeWave } from '../../lib/wave/write.ts'
import { createBench } from '../dial/on-embedded-switch.ts'
import { scale, speech } from '../measure/audio/sounds.ts'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'switchix-verdict-'))
  mkdirSync(join(dir, 'sounds'))
  writeFileSync(join(dir, 'sounds', 'clip.wav'), writeWave([speech(1500)]))
  writeFileSync(join(dir, 'sounds', 'loud.wav'), writeWave([scale(speech(1500), 20)]))
})
afterAll(() => rmSync(dir, { recursive: true }))

interface Judged {
  readonly recorded: CallRecordings[]
  readonly rows: Row[]
  readonly figures: Readonly<Record<string, number | null>>
}

interface Given {
  readonly app?: typeof playRec
  readonly options?: PlayRecOptions
  readonly sim?: SimulateOptions
  readonly dest?: string
  readonly calls?: number
}

/** Runs some calls on a switch that writes what it records. */
const judged = async (given: Given = {}): Promise<Judged> => {
  const { app = playRec, options, sim, dest = 'park@127.0.0.1:5080', calls = 1 } = given
  const recorded: CallRecordings[] = []
  const rows: Row[] = []
  const folders = { soundsDir: join(dir, 'sounds'), recordingsDir: join(dir, 'recordings') }
  const bench = await createBench({ ...folders, ...sim })
  const judging: ClientApp = app({
    clip: 'clip.wav',
    verdict: true,
    iterations: 2,
    recPeriod: 0,
    onRecorded: (each) => recorded.push(each),
    ...options,
  })
  const dialer = await bench.dialer({ app: judging, dest, rate: 2, maxOffered: calls, duration: 0 })
  for (const { measure } of dialer.measures) measure.onRow((row) => rows.push(row))
  await bench.run(dialer)
  const figures = dialer.summary().measures[judging.name] ?? {}
  await bench.clock.run(dialer.close())
  await bench.close()
  return { recorded, rows, figures }
}

describe('PlayRec with a verdict', () => {
  it('finds a good call good: both legs hear what the other one said', async () => {
    const { recorded, rows, figures } = await judged({ calls: 3 })
    expect(recorded.map(({ verdict }) => verdict?.good)).toEqual([true, true, true])
    expect(recorded[0]?.verdict).toMatchObject({
      faults: [],
      caller: { good: true, dropOuts: [], gainDb: 0 },
      callee: { good: true, dropOuts: [], gainDb: 0 },
    })
    for (const leg of [recorded[0]?.verdict?.caller, recorded[0]?.verdict?.callee]) {
      expect(Math.abs(leg?.delayMs ?? NaN)).toBeLessThanOrEqual(40)
      expect(leg?.correlation).toBeGreaterThan(0.99)
    }
    expect(figures).toMatchObject({
      recorded_calls: 3,
      bad_calls: 0,
      unread_calls: 0,
      drop_out_percent_max: 0,
    })
    expect(rows.map(({ leg, verdict }) => [leg, verdict])).toEqual(
      Array.from({ length: 3 }, () => [
        ['caller', 'good'],
        ['callee', 'good'],
      ]).flat(),
    )
    expect(rows[0]).toMatchObject({ file: recorded[0]?.caller, call_uuid: recorded[0]?.callUuid, faults: '' })
  })

  it('says nothing of a leg to which nothing was said', async () => {
    const { recorded, rows } = await judged({ options: { iterations: 1 } })
    expect(recorded[0]?.verdict).toMatchObject({ good: true, caller: undefined, callee: { good: true } })
    expect(rows.map(({ verdict }) => verdict)).toEqual(['nothing said', 'good'])
  })

  it.each([
    ['hears', 'one-way'],
    ['none', 'one-way'],
  ] as const)('finds that nothing comes from a far end that %s', async (audio, fault) => {
    const { recorded, figures } = await judged({
      dest: 'bob@192.0.2.9:5060',
      sim: { calledParty: farEnd({ answer: 0, says: 'clip.wav', audio }) },
    })
    expect(recorded[0]?.verdict).toMatchObject({ good: false, faults: [fault], callee: undefined })
    expect(figures).toMatchObject({ bad_calls: 1, one_way_calls: 1, mos_estimate_min: null })
  })

  it('finds a far end that is heard good', async () => {
    const { recorded } = await judged({
      dest: 'bob@192.0.2.9:5060',
      sim: { calledParty: farEnd({ answer: 0, says: 'clip.wav', audio: 'both' }) },
    })
    expect(recorded[0]?.verdict).toMatchObject({ good: true, caller: { delayMs: null } })
    expect(recorded[0]?.verdict?.caller?.soundMs).toBeGreaterThan(500)
  })

  it('finds what is too loud clipped, by limits that can be given', async () => {
    const loud = { clip: 'loud.wav' }
    const { recorded } = await judged({ options: loud })
    expect(recorded[0]?.verdict?.faults).toEqual(['clipping'])
    const lax = await judged({ options: { ...loud, limits: { maxClippedPercent: 100 } } })
    expect(lax.recorded[0]?.verdict?.good).toBe(true)
  })

  it('finds a call silent in which nothing was said', async () => {
    const { recorded } = await judged({ options: { clip: 'silence_stream://1500' } })
    expect(recorded[0]?.verdict).toEqual({
      good: false,
      faults: ['silence'],
      caller: undefined,
      callee: undefined,
    })
  })

  it('says why recordings have no verdict, and goes on', async () => {
    const { recorded, rows, figures } = await judged({ options: { localDirectory: join(dir, 'nowhere') } })
    expect(recorded[0]?.verdict).toBeUndefined()
    expect(recorded[0]?.problem).toContain('cannot read')
    expect(figures).toMatchObject({ recorded_calls: 1, bad_calls: 0, unread_calls: 1 })
    expect(rows.map(({ verdict }) => verdict)).toEqual(['not read', 'not read'])
  })

  it('records in stereo what each leg heard and said, whatever it was told', async () => {
    const { recorded } = await judged({ options: { stereo: false } })
    expect(readFileSync(recorded[0]?.caller ?? '').readUInt16LE(22)).toBe(2)
  })

  it('without a verdict measures nothing', async () => {
    const { recorded, figures } = await judged({ options: { verdict: false } })
    expect([recorded[0]?.verdict, figures]).toEqual([undefined, {}])
  })

  it('of MutedPlayRec is the same', async () => {
    const { recorded } = await judged({ app: mutedPlayRec })
    expect(recorded[0]?.verdict?.faults).not.toContain('silence')
    expect(recorded[0]?.verdict?.faults).not.toContain('one-way')
  })
})
