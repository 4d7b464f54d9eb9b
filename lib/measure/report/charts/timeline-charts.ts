import type { Timeline } from '../../summary/timeline.ts'
import type { Series, TimeChart } from './chart.ts'
import { rateNote, ratesOver } from './rate.ts'

const rounded = (value: number): number => Math.round(value * 100) / 100

const seconds = ({ atMs }: Timeline): number[] => atMs.map((ms) => ms / 1000)

export const rateChart = (timeline: Timeline): TimeChart => {
  const { atMs, offered, launched, answered, failed, dropped, askedPerSecond } = timeline
  const rate = (label: string, colour: Series['colour'], counts: readonly number[]): Series => ({
    label,
    colour,
    values: ratesOver(atMs, counts),
  })
  return {
    kind: 'time',
    id: 'rates',
    title: 'Call rate',
    unit: 'calls/s',
    note: `Asked for by the load profile; offered as its arrivals came due; launched; answered. ${rateNote(atMs)}`,
    x: seconds(timeline),
    series: [
      { label: 'asked', colour: 'grey', dashed: true, values: askedPerSecond },
      rate('offered', 'orange', offered),
      rate('launched', 'blue', launched),
      rate('answered', 'green', answered),
      ...(failed.at(-1) ? [rate('failed', 'red', failed)] : []),
      ...(dropped.at(-1) ? [rate('dropped', 'purple', dropped)] : []),
    ],
  }
}

export const activeChart = (timeline: Timeline): TimeChart => ({
  kind: 'time',
  id: 'active',
  title: 'Concurrent calls',
  unit: 'calls',
  x: seconds(timeline),
  series: [{ label: 'up', colour: 'blue', filled: true, values: timeline.active }],
})

/** CPU time in per cent of one processor, between one sample and the next. */
const cpuPercent = ({ atMs, cpuMs }: Timeline): (number | null)[] =>
  ratesOver(atMs, cpuMs).map((msPerSecond) => msPerSecond && rounded(msPerSecond / 10))

export const generatorCharts = (timeline: Timeline): readonly TimeChart[] => [
  {
    kind: 'time',
    id: 'generator-cpu',
    title: 'CPU of the controller',
    unit: '%',
    note: 'Of the generator’s own process, in per cent of one processor; the embedded switch runs in it, where there is one.',
    x: seconds(timeline),
    series: [{ label: 'CPU', colour: 'purple', filled: true, values: cpuPercent(timeline) }],
  },
  {
    kind: 'time',
    id: 'generator-lag',
    title: 'Lateness of the generator',
    unit: 'ms',
    note: 'The worst between two samples: calls launched after their time, and timers that fired late.',
    x: seconds(timeline),
    series: [
      { label: 'launch lag', colour: 'orange', values: timeline.launchLagMaxMs },
      { label: 'event loop', colour: 'teal', values: timeline.loopDelayMaxMs },
    ],
  },
]
