import type { CallDetailRecord } from '../../cdr/cdr.ts'
import { between, createLatency, type Latency } from '../../latency.ts'
import { createMetrics, type Metrics } from '../../metrics/metrics.ts'
import { outcomeOf } from '../../metrics/outcome-of.ts'
import type { LadderRows } from '../../../testing/ladder/rows.ts'
import { callTimesOf, type CallTimes } from './call-times.ts'
import { createCauses, type Causes } from './causes.ts'
import { createGroups, type Groups } from './groups.ts'
import { count, createMoment, mergeMoments, type Moment } from './moment.ts'
import { createNotedCalls, type NotedCalls } from './noted-calls.ts'
import { createTimeBuckets, type TimeBuckets } from './time-buckets.ts'

/** The latencies that CDRs tell by themselves. */
export type CdrLatencies = Readonly<Record<'setup' | 'answer' | 'invite' | 'launchLag', Latency>>

/** All that a report needs of the calls of a run; of a million of them it takes some ten MB. */
export interface Collector {
  /** A call is over. `events` is asked for what happened on its legs, where the call is kept to be looked at. */
  add(cdr: CallDetailRecord, events?: () => LadderRows | undefined): void
  readonly calls: number
  /** From the first call's beginning to the last one's end, by the switch's clock, in ms. */
  readonly observedMs: number
  /** When the first and the last call were launched, and the last one ended, in ms since the epoch; NaN before. */
  readonly span: Readonly<Record<'first' | 'last' | 'end', number>>
  readonly metrics: Metrics
  readonly latency: CdrLatencies
  readonly moments: TimeBuckets<Moment>
  readonly nodes: Groups
  readonly apps: Groups
  readonly causes: Causes
  readonly noted: NotedCalls
}

const noteTimes = (latency: CdrLatencies, cdr: CallDetailRecord): void => {
  between(latency.setup, cdr.caller_create_ms, cdr.caller_answer_ms)
  between(latency.answer, cdr.callee_answer_ms, cdr.caller_answer_ms)
  between(latency.invite, cdr.caller_create_ms, cdr.callee_create_ms)
  if (cdr.job_launch_ms !== undefined && cdr.caller_req_originate_ms !== undefined)
    latency.launchLag.record(Math.max(0, cdr.job_launch_ms - cdr.caller_req_originate_ms))
}

/** NaN is what nothing was noted of. */
const widen = (span: Record<'first' | 'last' | 'end', number>, { launch, end }: CallTimes): void => {
  span.first = Math.min(launch, Number.isNaN(span.first) ? launch : span.first)
  span.last = Math.max(launch, Number.isNaN(span.last) ? launch : span.last)
  span.end = Math.max(end, Number.isNaN(span.end) ? end : span.end)
}

const noteMoments = (
  moments: TimeBuckets<Moment>,
  cdr: CallDetailRecord,
  times: CallTimes,
  cause: string,
): void => {
  const { invite, progress, answer } = outcomeOf(cdr)
  const begun = moments.at(times.launch)
  if (begun) {
    begun.launched++
    begun.launchedSum += times.launch
    begun[answer === undefined ? 'failed' : 'answered']++
    if (invite !== undefined && answer !== undefined) begun.setup.note(answer - invite)
    const heard = progress ?? answer
    if (invite !== undefined && heard !== undefined) begun.pdd.note(heard - invite)
  }
  const over = moments.at(times.end)
  if (!over) return
  over.ended++
  over.endedSum += times.end
  count(over.causes, cause)
}

/** `calls`: how many slow and how many failed calls are kept to be looked at. */
export const createCollector = ({ calls: kept = 50 }: { readonly calls?: number } = {}): Collector => {
  const metrics = createMetrics()
  const latency = {
    setup: createLatency(),
    answer: createLatency(),
    invite: createLatency(),
    launchLag: createLatency(),
  }
  const moments = createTimeBuckets({ create: createMoment, merge: mergeMoments })
  const [nodes, apps, causes, noted] = [
    createGroups(),
    createGroups(),
    createCauses(),
    createNotedCalls(kept),
  ]
  const span = { first: Number.NaN, last: Number.NaN, end: Number.NaN }
  let [calls, first, last] = [0, Infinity, -Infinity]
  return {
    add(cdr, events) {
      calls++
      metrics.add(outcomeOf(cdr))
      noteTimes(latency, cdr)
      const cause = causes.add(cdr)
      const times = callTimesOf(cdr)
      if (times) {
        widen(span, times)
        noteMoments(moments, cdr, times, cause)
      }
      nodes.add(cdr.node, cdr)
      apps.add(cdr.app, cdr)
      noted.add(cdr, events)
      if (cdr.caller_create_ms !== undefined) first = Math.min(first, cdr.caller_create_ms)
      if (cdr.caller_hangup_ms !== undefined) last = Math.max(last, cdr.caller_hangup_ms)
    },
    get calls() {
      return calls
    },
    get observedMs() {
      return last > first ? last - first : 0
    },
    span,
    metrics,
    latency,
    moments,
    nodes,
    apps,
    causes,
    noted,
  }
}
