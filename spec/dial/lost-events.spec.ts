import { describe, expect, it } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { createOriginator } from '../../lib/dial/originator.ts'
import type { OriginatorOptions } from '../../lib/dial/options.ts'
import type { RunSummary } from '../../lib/dial/summary.ts'
import type { PlacedCallRecord } from '../../lib/measure/cdr/cdr.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { loseOnce, lossy, type Fate, type WireFrame } from '../service/lossy.ts'
import { seeded } from '../service/on-cut-off.ts'

interface Ended {
  readonly summary: RunSummary
  readonly cdrs: readonly PlacedCallRecord[]
  /** What is left at the switch, and at the client. */
  readonly channels: number
  readonly sessions: number
  readonly jobs: number
}

/** A run over a line that loses what `fate` says; `during` is called with it once it runs. */
const dial = async (
  fate: (frame: WireFrame) => Fate,
  options: OriginatorOptions = {},
  during: (run: Awaited<ReturnType<typeof createOriginator>>) => void = () => undefined,
): Promise<Ended> => {
  const clock = virtualClock()
  const body = async (): Promise<Ended> => {
    await using sim = await simulate({ seed: 1, clock, transport: 'memory' })
    await using client = await connect(lossy(sim, fate))
    const cdrs: PlacedCallRecord[] = []
    const run = await createOriginator([client], {
      app: tonePlay(),
      rate: 20,
      maxOffered: 40,
      duration: 1000,
      seed: 1,
      onCdr: (cdr) => cdrs.push(cdr),
      ...options,
    })
    for await (const { state } of run.run(1000)) if (state !== 'INITIAL') during(run)
    const summary = run.summary()
    await run.close()
    // What a call of the switch itself leaves behind there is gone by then.
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 61_000))
    return {
      summary,
      cdrs,
      channels: sim.channels(),
      sessions: client.countSessions(),
      jobs: client.countJobs(),
    }
  }
  return clock.run(body())
}

const EVENTS = [
  'BACKGROUND_JOB',
  'CHANNEL_CREATE',
  'CHANNEL_ORIGINATE',
  'CHANNEL_PROGRESS',
  'CHANNEL_PROGRESS_MEDIA',
  'CHANNEL_ANSWER',
  'CHANNEL_PARK',
  'CHANNEL_EXECUTE_COMPLETE',
  'CHANNEL_HANGUP',
  'CHANNEL_DESTROY',
]

describe('a run ends, with nothing left and a row for each call,', () => {
  it.each(EVENTS)('where one %s is lost', async (name) => {
    const { summary, cdrs, channels, sessions, jobs } = await dial(loseOnce(name))
    expect([summary.launched, cdrs.length, new Set(cdrs.map((cdr) => cdr.call_uuid)).size]).toEqual([
      40, 40, 40,
    ])
    expect([channels, sessions, jobs]).toEqual([0, 0, 0])
    expect(cdrs.filter(({ recovered }) => recovered === 1)).toHaveLength(summary.recovered)
  })

  it.each(EVENTS)('where every %s is lost', async (name) => {
    const { cdrs, channels, sessions, jobs } = await dial(({ event }) => (event === name ? 'lost' : 'comes'))
    expect([cdrs.length, channels, sessions, jobs]).toEqual([40, 0, 0, 0])
  })

  it.each([1, 2, 3, 4, 5])('where one event in twenty is lost (seed %i)', async (seed) => {
    const random = seeded(seed)
    const { summary, cdrs, channels, sessions, jobs } = await dial(
      ({ event }) => (event !== undefined && random() < 0.05 ? 'lost' : 'comes'),
      { maxOffered: 200 },
    )
    expect([summary.launched, cdrs.length, channels, sessions, jobs]).toEqual([200, 200, 0, 0, 0])
    expect(summary.recovered).toBeGreaterThan(0)
  })
})

describe('a call that was mended', () => {
  it('is counted in progress and summary, and marked in its row', async () => {
    const { summary, cdrs } = await dial(loseOnce('CHANNEL_DESTROY'))
    expect(summary.recovered).toBe(1)
    const [mended, ...others] = cdrs.filter(({ recovered }) => recovered === 1)
    expect([mended?.hangup_cause, others]).toEqual(['NORMAL_CLEARING', []])
  })
})

describe('hupall', () => {
  it('ends a run within 11 s, even where the switch says nothing of its calls any more, and a warning tells', async () => {
    let deaf = false
    let told = 0
    let over = 0
    const { summary, cdrs } = await dial(
      ({ event }) => (deaf && event !== undefined ? 'lost' : 'comes'),
      { maxOffered: 20, duration: 600_000, measurers: [] },
      (run) => {
        const { elapsedMs, active, state } = run.progress()
        if (!deaf && elapsedMs >= 3000) {
          deaf = true
          told = elapsedMs
          void run.hupall()
        }
        if (active === 0 && state === 'STOPPED') over = elapsedMs
      },
    )
    expect(over - told).toBeLessThanOrEqual(11_600)
    expect(cdrs).toHaveLength(20)
    expect(summary.launched).toBe(20)
    expect(summary.warnings).toEqual([expect.stringContaining('has not said that 20 calls ended') as string])
  })
})
