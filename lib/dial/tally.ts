import type { CallOutline } from '../measure/cdr/cdr.ts'
import { between, createLatency, type Latency } from '../measure/latency.ts'
import { createMetrics, type Metrics } from '../measure/metrics/metrics.ts'
import type { DropReason } from '../measure/summary/run-summary.ts'
import { outcomeOf } from '../measure/metrics/outcome-of.ts'

export type { DropReason } from '../measure/summary/run-summary.ts'

/** The figures of a run, as they grow. */
export interface Tally {
  offered: number
  launched: number
  answered: number
  failed: number
  /** Calls that are over, of which events were lost and made up. */
  recovered: number
  /** Launched, or about to be, and not over yet. */
  active: number
  readonly droppedBy: Record<DropReason, number>
  /** Those of the late ones that waited for their turn: as many originates were in flight as there may be. */
  waitedTooLong: number
  readonly dropped: number
  /** Calls that are over, by hangup cause. */
  readonly causes: Map<string, number>
  /** What could not even be sent, and why; the first of each kind. */
  readonly errors: Map<string, string>
  readonly latency: {
    /** From the caller's CHANNEL_CREATE to its CHANNEL_ANSWER, by the switch's clock. */
    readonly setup: Latency
    /** From the callee's CHANNEL_ANSWER to the caller's, by the switch's clock. */
    readonly answer: Latency
    /** From the caller's CHANNEL_CREATE to the callee's, by the switch's clock. */
    readonly invite: Latency
    /**
     * From when the command was sent to the caller's CHANNEL_CREATE: its stamp, with the offset of its clock as the quickest
     * answer of the run showed it, and so with the way of one event.
     */
    readonly originate: Latency
    /** From when the schedule wanted the call to when its answer reached us, by our clock. */
    readonly connect: Latency
  }
  /** What the standards define, of the calls that are over. */
  readonly metrics: Metrics
  /** When the first and the last arrival were due, and the first and the last call launched; NaN before. */
  readonly span: Record<'firstDue' | 'lastDue' | 'firstLaunch' | 'lastLaunch', number>
  /** There is an arrival; it counts for the rate once it is known that it is one. */
  offer(): void
  drop(reason: DropReason, dueAt: number): void
  launch(now: number, dueAt: number): void
  /** It was no arrival: there was nothing to place a call with, or it was no longer wanted. */
  withdraw(): void
  /** A call that was launched then is over; `offset` is what the clock of its switch is behind ours, in ms. */
  note(outline: CallOutline, launchedAt: number, offset: number | undefined): void
}

export const createTally = (): Tally => {
  /** Arrivals that wait for a turn, or for their fields, are settled in another order than they came in. */
  const noteDue = (dueAt: number): void => {
    const { span } = tally
    if (!(span.firstDue <= dueAt)) span.firstDue = dueAt
    if (!(span.lastDue >= dueAt)) span.lastDue = dueAt
  }
  const tally: Tally = {
    offered: 0,
    launched: 0,
    answered: 0,
    failed: 0,
    recovered: 0,
    active: 0,
    droppedBy: { limit: 0, late: 0, nodes: 0 },
    waitedTooLong: 0,
    get dropped() {
      const { limit, late, nodes } = tally.droppedBy
      return limit + late + nodes
    },
    causes: new Map(),
    errors: new Map(),
    latency: {
      setup: createLatency(),
      answer: createLatency(),
      invite: createLatency(),
      originate: createLatency(),
      connect: createLatency(),
    },
    metrics: createMetrics(),
    span: {
      firstDue: Number.NaN,
      lastDue: Number.NaN,
      firstLaunch: Number.NaN,
      lastLaunch: Number.NaN,
    },
    offer() {
      tally.offered++
    },
    drop(reason, dueAt) {
      tally.droppedBy[reason]++
      noteDue(dueAt)
    },
    withdraw() {
      tally.offered--
    },
    launch(now, dueAt) {
      noteDue(dueAt)
      if (tally.launched++ === 0) tally.span.firstLaunch = now
      tally.span.lastLaunch = now
    },
    note(outline, launchedAt, offset) {
      const { latency } = tally
      const { hangup_cause: cause } = outline
      tally.causes.set(cause, (tally.causes.get(cause) ?? 0) + 1)
      tally.metrics.add(outcomeOf(outline))
      const { caller_answer_ms: answered, caller_create_ms: created } = outline
      const { callee_answer_ms: taken, callee_create_ms: arrived } = outline
      between(latency.setup, created, answered)
      between(latency.answer, taken, answered)
      between(latency.invite, created, arrived)
      if (created !== undefined && offset !== undefined)
        latency.originate.record(Math.max(0, created + offset - launchedAt))
    },
  }
  return tally
}
