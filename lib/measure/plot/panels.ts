import type { PlotCall } from './plot-calls.ts'

/** One of the three parts of the figure. */
export interface PlotPanel {
  /** What is on its value axis. */
  readonly unit: string
  readonly series: readonly PlotSeries[]
}

/** A value for each call, by its number; NaN where it has none. */
export interface PlotSeries {
  readonly label: string
  /** Stands back behind the others. */
  readonly faint?: boolean
  readonly values: readonly number[]
}

/** More than this is one call on top of another, and makes the axis useless (switchio's limit too). */
const MOST = 1000
/** Calls that the mean rate is taken over. */
const WINDOW = 100

/** Calls per second, from each call's distance to the one before. */
export const callRates = (calls: readonly PlotCall[]): number[] =>
  calls.map(({ create }, i) => {
    const before = calls[i - 1]
    return before ? Math.min(MOST, 1000 / (create - before.create)) : Number.NaN
  })

/**
 * Calls per second over the last 100 calls, by the time that they took; NaN where there are not so many. (switchio takes the
 * mean of the single rates, which comes out too high for calls that are not evenly spaced.)
 */
export const meanRates = (calls: readonly PlotCall[], window = WINDOW): number[] =>
  calls.map(({ create }, i) => {
    const before = calls[i - window]
    return before ? (window * 1000) / (create - before.create) : Number.NaN
  })

/** Clocks that differ give no latency. */
const difference = (from: number, to: number): number => (to >= from ? to - from : Number.NaN)

/** What switchio draws of its CDRs (`call_metrics.figspec`): latencies, calls, rates. */
export const plotPanels = (calls: readonly PlotCall[]): readonly PlotPanel[] => {
  const series = (label: string, read: (call: PlotCall) => number): PlotSeries => ({ label, values: calls.map(read) }) // prettier-ignore
  return [
    {
      unit: 'ms',
      series: [
        series('call set-up latency', ({ create, answer }) => difference(create, answer)),
        series('answer latency', ({ calleeAnswer, answer }) => difference(calleeAnswer, answer)),
        series('invite latency', ({ create, calleeCreate }) => difference(create, calleeCreate)),
        series('originate latency', ({ launch, originate }) => difference(launch, originate)),
      ],
    },
    {
      unit: 'calls, sessions',
      series: [
        series('active sessions', ({ activeSessions }) => activeSessions),
        series('erlangs (calls up)', ({ erlangs }) => erlangs),
        series('failed calls', ({ failedCalls }) => failedCalls),
      ],
    },
    {
      unit: 'calls/s',
      series: [
        { label: 'call rate', values: callRates(calls), faint: true },
        { label: `call rate over ${WINDOW} calls`, values: meanRates(calls) },
      ],
    },
  ]
}
