import type { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { CallDetailRecord } from '../../measure/cdr/cdr.ts'
import { firstResponse, isAnswered, isChallenged, isRedirected } from '../../measure/metrics/outcome.ts'
import { outcomeOf } from '../../measure/metrics/outcome-of.ts'
import type { Progress } from '../summary.ts'

type PromClient = typeof import('prom-client')

/** Signalling takes milliseconds on a good day, and the minute of a ring timeout on a bad one. */
const SIGNALLING = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const CONVERSATIONS = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600]

const observe = (
  histogram: Histogram,
  labels: Record<string, string>,
  from: number | undefined,
  to: number | undefined,
): void => {
  if (from !== undefined && to !== undefined && to >= from) histogram.observe(labels, (to - from) / 1000)
}

/** Brings a counter, which can only grow, to where the run is. */
const following = (counter: Counter): ((labels: Record<string, string>, now: number) => void) => {
  const before = new Map<string, number>()
  return (labels, now) => {
    const key = Object.values(labels).join()
    counter.inc(labels, Math.max(0, now - (before.get(key) ?? 0)))
    before.set(key, now)
  }
}

/** What a run tells Prometheus, in base units: seconds, calls. No label has a value for each call. */
export interface PromMetrics {
  /** A call is over. */
  ended(cdr: CallDetailRecord): void
  /** Brings the counters and gauges up to date. */
  update(progress: Progress): void
}

/** Makes the metrics in that registry; see docs/measurement.md for what each is. */
export const createPromMetrics = (prom: PromClient, registry: Registry): PromMetrics => {
  const registers = [registry]
  const counter = (name: string, help: string, ...labelNames: string[]): Counter =>
    new prom.Counter({ name: `switchix_${name}`, help, labelNames, registers })
  const gauge = (name: string, help: string, ...labelNames: string[]): Gauge =>
    new prom.Gauge({ name: `switchix_${name}`, help, labelNames, registers })
  const histogram = (name: string, help: string, buckets: number[], ...labelNames: string[]): Histogram =>
    new prom.Histogram({ name: `switchix_${name}`, help, labelNames, buckets, registers })

  const offered = following(counter('calls_offered_total', 'Calls that the schedule wanted'))
  const dropped = following(counter('calls_dropped_total', 'Calls that were not launched', 'reason'))
  const launched = following(counter('calls_launched_total', 'Calls that were launched', 'node'))
  const answered = following(counter('calls_answered_total', 'Calls that were answered', 'node'))
  const failed = following(counter('calls_failed_total', 'Calls that failed', 'node'))
  const over = counter('calls_ended_total', 'Calls that are over', 'node', 'app', 'cause', 'sip_status')
  const active = gauge('calls_active', 'Calls that are up', 'node')
  const connected = gauge('node_connected', '1 while the switch is connected', 'node')
  const wanted = gauge('calls_wanted_per_second', 'Rate that is asked for')
  const setup = histogram('call_setup_seconds', "From the caller's create to its answer", SIGNALLING, 'node', 'app') // prettier-ignore
  const pdd = histogram('call_post_dial_delay_seconds', 'From the INVITE to the first sign of the far end', SIGNALLING, 'node', 'app') // prettier-ignore
  const srd = histogram('call_session_request_delay_seconds', 'From the INVITE to its first response but 100 (RFC 6076)', SIGNALLING, 'node', 'app', 'outcome') // prettier-ignore
  const talk = histogram('call_duration_seconds', 'From answer to hangup', CONVERSATIONS, 'node', 'app')

  return {
    ended(cdr) {
      const { node, app, hangup_cause: cause } = cdr
      over.inc({ node, app, cause, sip_status: String(cdr.caller_sip_status ?? '') })
      const outcome = outcomeOf(cdr)
      const { invite, progress, answer, hangup } = outcome
      const labels = { node, app }
      const result = isAnswered(outcome) ? 'successful' : 'failed'
      observe(setup, labels, invite, answer)
      observe(pdd, labels, invite, progress ?? answer)
      if (!isRedirected(outcome) && !isChallenged(outcome))
        observe(srd, { ...labels, outcome: result }, invite, firstResponse(outcome))
      observe(talk, labels, answer, hangup)
    },
    update(now) {
      offered({}, now.offered)
      for (const [reason, count] of Object.entries(now.droppedBy)) dropped({ reason }, count)
      if (now.rate !== null) wanted.set(now.rate)
      for (const { name: node, ...each } of now.nodes) {
        launched({ node }, each.launched)
        answered({ node }, each.answered)
        failed({ node }, each.failed)
        active.set({ node }, each.active)
        connected.set({ node }, each.connected ? 1 : 0)
      }
    },
  }
}
