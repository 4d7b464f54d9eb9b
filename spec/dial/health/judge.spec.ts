import { describe, expect, it } from 'vitest'
import { sleep } from '../../../lib/clock.ts'
import { summaryText } from '../../../lib/cli/display/summary-text.ts'
import { junitXml } from '../../../lib/dial/export/junit.ts'
import { judge } from '../../../lib/dial/health/judge.ts'
import type { OriginatorOptions } from '../../../lib/dial/options.ts'
import type { RunSummary } from '../../../lib/dial/summary.ts'
import type { LatencySummary } from '../../../lib/measure/latency.ts'
import { verdictOf } from '../../../lib/measure/report/html/verdict.ts'
import { createBench, type Bench } from '../on-embedded-switch.ts'

const p99 = (ms: number): LatencySummary => ({ avg: ms, p50: ms, p95: ms, p99: ms, max: ms })

interface Figures {
  readonly late?: number
  readonly waitedTooLong?: number
  readonly lateByItself?: number
  readonly launchLag?: number
  readonly loopDelay?: number
  readonly eventLag?: number
  readonly machineShare?: number
}

/** Of a thousand calls. */
const bottleneckOf = ({ launchLag = 0, loopDelay = 0, eventLag = 0, late = 0, ...more }: Figures) => {
  const arrivals = { offered: 1000, launched: 1000 - late, droppedBy: { late } }
  const { valid, bottleneck, reasons } = judge(
    { launchLagMs: p99(launchLag), loopDelayMs: p99(loopDelay) },
    p99(eventLag),
    { waitedTooLong: 0, lateByItself: 0, ...arrivals, ...more },
  )
  expect([reasons.length > 0, bottleneck !== null]).toEqual([!valid, !valid])
  return bottleneck
}

describe('what was in the way of a run', () => {
  it.each<[Figures, 'generator' | 'machine' | 'jobs' | null]>([
    [{}, null],
    [{ late: 1 }, null],
    [{ late: 5 }, 'generator'],
    [{ late: 5, waitedTooLong: 5 }, 'jobs'],
    [{ late: 5, waitedTooLong: 4 }, 'jobs'],
    [{ late: 5, waitedTooLong: 3 }, 'generator'],
    [{ launchLag: 900 }, 'jobs'],
    [{ launchLag: 900, lateByItself: 10 }, 'jobs'],
    [{ launchLag: 900, lateByItself: 11 }, 'generator'],
    [{ late: 50, waitedTooLong: 50, launchLag: 900 }, 'jobs'],
    [{ late: 50, waitedTooLong: 50, launchLag: 900, loopDelay: 300 }, 'generator'],
    [{ late: 50, waitedTooLong: 50, eventLag: 2000 }, 'generator'],
    [{ loopDelay: 300, machineShare: 0.2 }, 'generator'],
    [{ loopDelay: 300, machineShare: 0.8 }, 'machine'],
    [{ late: 5, machineShare: 0.8 }, 'machine'],
    [{ late: 5, waitedTooLong: 5, machineShare: 0.8 }, 'jobs'],
    [{ machineShare: 1 }, null],
  ])('%o: %s', (figures, bottleneck) => {
    expect(bottleneckOf(figures)).toBe(bottleneck)
  })
})

describe('a run that is not valid', () => {
  const summaryOf = async (optionsFor: (bench: Bench) => OriginatorOptions): Promise<RunSummary> => {
    const bench = await createBench({ dialplan: () => [{ app: 'sleep', arg: '600000' }] })
    const dialer = await bench.dialer({ rate: 10, maxOffered: 50, timeout: 3000, ...optionsFor(bench) })
    await bench.run(dialer)
    const summary = dialer.summary()
    await bench.clock.run(dialer.close())
    await bench.close()
    return summary
  }
  const headlines = (summary: RunSummary) => [
    / NOT VALID: (.*)/.exec(summaryText(summary))?.[1],
    /^Not valid: (.*)/.exec(verdictOf(summary).title)?.[1],
    /<failure message="(.*?)(?:: \d|, for)/.exec(junitXml(summary))?.[1],
  ]

  it('says in its headline, wherever there is one, that too many originates were in flight', async () => {
    const jobs = expect.stringMatching(/^as many originates were in flight as may be \(--jobs\)/) as string
    expect(headlines(await summaryOf(() => ({ jobs: 20 })))).toEqual([jobs, jobs, jobs])
  })

  it('names the generator where what calls are filled with comes late', async () => {
    const generator = 'the generator itself was the bottleneck'
    const summary = await summaryOf(({ clock }) => ({ fields: () => sleep(clock, 1500).then(() => ({})) }))
    expect(summary.droppedBy.late).toBeGreaterThan(0)
    expect(headlines(summary)).toEqual([generator, generator, generator])
  })
})
