import { createLogBins, type LogBins } from './log-bins.ts'

/** What is known of one moment of a run. */
export interface Moment {
  /** Calls that were launched then; the sum of when, in ms since the epoch. */
  launched: number
  launchedSum: number
  /** Of those that were launched then. */
  answered: number
  failed: number
  readonly setup: LogBins
  readonly pdd: LogBins
  /** Calls that were over then, and the sum of when. */
  ended: number
  endedSum: number
  readonly causes: Map<string, number>
}

export const createMoment = (): Moment => ({
  launched: 0,
  launchedSum: 0,
  answered: 0,
  failed: 0,
  setup: createLogBins(),
  pdd: createLogBins(),
  ended: 0,
  endedSum: 0,
  causes: new Map(),
})

export const count = <K>(counts: Map<K, number>, key: K, more = 1): void =>
  void counts.set(key, (counts.get(key) ?? 0) + more)

export const mergeMoments = (into: Moment, from: Moment): void => {
  for (const name of ['launched', 'launchedSum', 'answered', 'failed', 'ended', 'endedSum'] as const)
    into[name] += from[name]
  into.setup.merge(from.setup)
  into.pdd.merge(from.pdd)
  for (const [cause, calls] of from.causes) count(into.causes, cause, calls)
}
