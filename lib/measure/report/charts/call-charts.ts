import type { Moment } from '../collect/moment.ts'
import type { TimeBuckets } from '../collect/time-buckets.ts'
import { COLOURS, type Series, type TimeChart } from './chart.ts'
import type { Columns } from './columns.ts'
import { rateNote, ratesOver } from './rate.ts'

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1000) / 1000

/** What CDRs say of the rates, where there is no timeline: calls at the time that they were launched. */
export const launchedChart = ({ entries, widthMs }: TimeBuckets<Moment>, startMs: number): TimeChart => {
  const times: number[] = []
  const sums: Record<'launched' | 'answered' | 'failed', number[]> = {
    launched: [],
    answered: [],
    failed: [],
  }
  const sofar = { launched: 0, answered: 0, failed: 0 }
  const note = (at: number): void => {
    times.push(at - startMs)
    for (const name of ['launched', 'answered', 'failed'] as const) sums[name].push(sofar[name])
  }
  for (const [at, moment] of entries) {
    // Nothing happened since the bucket before.
    if (times.length === 0 || at - startMs > (times.at(-1) ?? 0)) note(at)
    for (const name of ['launched', 'answered', 'failed'] as const) sofar[name] += moment[name]
    note(at + widthMs)
  }
  const rate = (label: keyof typeof sums, colour: Series['colour']): Series => ({
    label,
    colour,
    values: ratesOver(times, sums[label]),
  })
  return {
    kind: 'time',
    id: 'rates',
    title: 'Call rate',
    unit: 'calls/s',
    note: `By the time of their launch: all calls, and those that were answered or failed later. ${rateNote(times)}`,
    x: times.map((ms) => ms / 1000),
    series: [
      rate('launched', 'blue'),
      rate('answered', 'green'),
      ...(sofar.failed > 0 ? [rate('failed', 'red')] : []),
    ],
  }
}

/** Calls that were up on the mean of each column: their time in it, by its length. */
export const meanActiveChart = ({ x, width, moments }: Columns, startMs: number): TimeChart => {
  let up = 0
  const values = moments.map(({ launched, launchedSum, ended, endedSum }, i) => {
    const end = startMs + ((x[i] ?? 0) + width) * 1000
    const time = up * width * 1000 + (launched * end - launchedSum) - (ended * end - endedSum)
    up += launched - ended
    return rounded(Math.max(0, time / (width * 1000)))
  })
  return {
    kind: 'time',
    id: 'active',
    title: 'Concurrent calls',
    unit: 'calls',
    note: 'On the mean of each moment, from the launch to the end of the last leg.',
    x: x.map((at) => at + width / 2),
    series: [{ label: 'up', colour: 'blue', filled: true, values }],
  }
}

const PERCENTILES = [
  ['p50', 50, 'teal'],
  ['p95', 95, 'blue'],
  ['p99', 99, 'purple'],
  ['max', 100, 'red'],
] as const

export const latencyChart = ({ x, width, moments }: Columns): TimeChart => ({
  kind: 'time',
  id: 'latency',
  title: 'Call set-up over time',
  unit: 'ms',
  note: 'From CHANNEL_CREATE to CHANNEL_ANSWER of the caller, by the time of the launch. Dots are calls to look at: click.',
  x: x.map((at) => at + width / 2),
  series: PERCENTILES.map(([label, p, colour]) => ({
    label,
    colour,
    values: moments.map(({ setup }) =>
      rounded(p === 100 && setup.count > 0 ? setup.max : setup.percentile(p)),
    ),
  })),
})

/** The causes that have a colour of their own; what is beyond is one more. */
const SHOWN = 7

/** `causes`: those of the run, the most frequent first. */
export const causesChart = (
  { x, width, moments }: Columns,
  causes: readonly { readonly cause: string }[],
): TimeChart => {
  const names = causes.map(({ cause }) => cause)
  const normal = names.filter((name) => name === 'NORMAL_CLEARING')
  const shown = [...normal, ...names.filter((name) => name !== 'NORMAL_CLEARING').slice(0, SHOWN)]
  const others = names.filter((name) => !shown.includes(name))
  const calls = (of: readonly string[]): (number | null)[] =>
    moments.map(({ causes: counts }) =>
      rounded(of.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0) / width),
    )
  const palette = COLOURS.filter((colour) => colour !== 'green' && colour !== 'grey')
  return {
    kind: 'time',
    id: 'causes',
    title: 'Hangup causes over time',
    unit: 'calls/s',
    note: 'By the time at which the last leg of the call ended.',
    stacked: true,
    x: x.map((at) => at + width / 2),
    series: [
      ...shown.map((name, i): Series => ({
        label: name,
        colour:
          name === 'NORMAL_CLEARING' ? 'green' : (palette[(i - normal.length) % palette.length] ?? 'red'),
        values: calls([name]),
      })),
      ...(others.length > 0 ? [{ label: 'others', colour: 'grey', values: calls(others) } as const] : []),
    ],
  }
}
