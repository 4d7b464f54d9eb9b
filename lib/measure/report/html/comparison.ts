import { figuresOf } from '../figures.ts'
import type { ReportRun } from '../run.ts'
import type { Markup } from './markup.ts'
import { section, table } from './table.ts'
import { figure } from './value.ts'
import { verdictOf } from './verdict.ts'

/** Several runs, a row each. */
export const comparison = (runs: readonly ReportRun[]): Markup =>
  section(
    'comparison',
    'Runs',
    table(
      [
        { title: 'Run' },
        { title: 'Verdict' },
        ...[
          'Launched',
          'Rate',
          'Answered',
          'Failed',
          'ASR',
          'Set-up p50',
          'p95',
          'p99',
          'PDD p95',
          'ACD',
        ].map((title) => ({ title, number: true })),
      ],
      runs.map((run) => {
        const { launched, callsPerSecond, answered, failed, metrics, latencies } = figuresOf(run)
        const setup = latencies.find(({ path }) => path === 'latencyMs.setup')?.ms
        return [
          run.name,
          verdictOf(run.summary).title,
          figure(launched, 'calls'),
          figure(callsPerSecond.launched, 'calls/s'),
          figure(answered, 'calls'),
          figure(failed, 'calls'),
          figure(metrics.asr, 'share'),
          figure(setup?.p50, 'ms'),
          figure(setup?.p95, 'ms'),
          figure(setup?.p99, 'ms'),
          figure(metrics.pddMs.p95, 'ms'),
          figure(metrics.acdMs, 's'),
        ]
      }),
    ),
    { hint: 'Set-up and post-dial delay in ms.' },
  )
