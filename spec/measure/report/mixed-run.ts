import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tonePlay } from '../../../lib/apps/tone-play.ts'
import { createMeasure } from '../../../lib/app/measure.ts'
import { summaryJson } from '../../../lib/dial/export/summary-json.ts'
import { createOriginator } from '../../../lib/dial/originator.ts'
import { CDR_COLUMNS, type CallDetailRecord } from '../../../lib/measure/cdr/cdr.ts'
import { recordRun } from '../../../lib/measure/report/record-run.ts'
import type { ReportRun } from '../../../lib/measure/report/run.ts'
import { besidePath } from '../../../lib/measure/store/beside.ts'
import { createRowStore } from '../../../lib/measure/store/row-store.ts'
import type { RunSummary } from '../../../lib/measure/summary/run-summary.ts'
import type { Client, ClientApp } from '../../../lib/service/client.ts'
import { connect } from '../../../lib/service/connect.ts'
import { farEnd } from '../../../lib/sim/far-end/script.ts'
import { simulate } from '../../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../../lib/testing/virtual-clock.ts'

/** What a run has left: its files, and what was taken in while it went on. */
export interface MixedRun {
  readonly dir: string
  readonly cdrs: string
  readonly summaryFile: string
  readonly summary: RunSummary
  readonly rows: readonly CallDetailRecord[]
  readonly live: ReportRun
}

const PARTY = farEnd({
  weights: [
    [70, { ring: { lognormal: [150, 0.5] }, answer: { lognormal: [600, 0.6] } }],
    [15, { ring: 80, busy: 300 }],
    [10, { reject: { status: 503, after: 20 } }],
    [5, { ring: 100 }],
  ],
})

/** Measures the calls that are up, twice a second. */
const callsUp = (clock: VirtualClock): ClientApp => {
  const { measure, append } = createMeasure(
    { time_ms: 'number', node: 'text', up: 'number' },
    {
      metrics: () => ({ samples: 42 }),
      figures: [{ title: 'Calls up', unit: 'calls', time: 'time_ms', series: ['up'], by: 'node' }],
    },
  )
  return {
    name: 'CallsUp',
    measure,
    *prepost({ client }: { client: Client }) {
      let stopped = false
      const look = (): void => {
        if (stopped) return
        append({ time_ms: clock.now(), node: client.name, up: client.countCalls() })
        clock.setTimeout(look, 500, true)
      }
      look()
      yield
      stopped = true
    },
  }
}

const write = async (path: string, columns: typeof CDR_COLUMNS, rows: readonly object[]): Promise<void> => {
  const store = await createRowStore<object>(path, columns)
  for (const row of rows) store.append(row)
  await store.close()
}

/** Calls that are answered, busy, refused and never answered, some of them dropped, in virtual time. */
export const mixedRun = async (name = 'mixed', thresholds = ['setup.p95<5s', 'asr>0.99']): Promise<MixedRun> => {
  const clock = virtualClock()
  const sw = await simulate({ clock, transport: 'memory', seed: 3, calledParty: PARTY })
  const client = await clock.run(connect(sw, { clock }))
  const recorder = recordRun()
  const rows: CallDetailRecord[] = []
  const panelRows: object[] = []
  const dialer = await clock.run(
    createOriginator([client], {
      dest: '{to}@192.0.2.9:5070',
      fields: Array.from({ length: 300 }, (_, i) => ({ to: String(i) })),
      apps: [[() => tonePlay(), 2], [() => ({ ...tonePlay(), name: 'IVR' }), 1]],
      rate: 25, maxOffered: 300, duration: 4000, timeout: 3000, limit: 85, thresholds, seed: 7, clock,
      measurers: [callsUp(clock)],
      onCdr(cdr, call) {
        rows.push(cdr)
        recorder.ended(cdr, call)
      },
    }),
  ) // prettier-ignore
  recorder.listen(dialer.measures)
  for (const { measure } of dialer.measures) measure.onRow((row) => panelRows.push(row))
  dialer.start()
  await clock.run(dialer.ended)
  const summary = dialer.summary()
  await clock.run(dialer.close())
  await clock.run(client.close())
  await clock.run(sw.close())
  const dir = await mkdtemp(join(tmpdir(), 'switchix-report-'))
  const [cdrs, summaryFile] = [join(dir, `${name}.csv`), join(dir, `${name}.json`)]
  await write(cdrs, CDR_COLUMNS, rows)
  await write(besidePath(cdrs, 'CallsUp'), { time_ms: 'number', node: 'text', up: 'number' } as never, panelRows)
  await writeFile(summaryFile, summaryJson(summary))
  return { dir, cdrs, summaryFile, summary, rows, live: recorder.run(name, summary) }
} // prettier-ignore
