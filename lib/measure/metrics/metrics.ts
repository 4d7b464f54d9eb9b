import { between, createLatency, type Latency, type LatencySummary } from '../latency.ts'
import {
  firstResponse,
  isAnswered,
  isChallenged,
  isCompleted,
  isReached,
  isRedirected,
  talkTimeOf,
  type CallOutcome,
} from './outcome.ts'

/** The metrics of a set of calls. Ratios are from 0 to 1; null where nothing there is to divide by. */
export interface MetricsSummary {
  /** Call attempts, and those of them for which the switch has sent an INVITE. */
  readonly bids: number
  readonly seizures: number
  readonly answers: number
  /** Answer seizure ratio: answers / seizures (ITU-T E.411). */
  readonly asr: number | null
  /** Answer bid ratio: answers / bids (ITU-T E.411). */
  readonly abr: number | null
  /**
   * Network effectiveness ratio: (answers + user busy + no answer + rejected) / seizures (ITU-T E.425); by the SIP status where
   * there is one, else by the Q.850 cause.
   */
  readonly ner: number | null
  /** Average call duration, from answer to hangup, of the answered calls of which it is known, in ms. */
  readonly acdMs: number | null
  /** Post-dial delay: from the INVITE to the first sign of the far end, of calls that had one before their end, in ms. */
  readonly pddMs: LatencySummary
  /**
   * Session request delay: from the INVITE to its first response but 100, in ms (RFC 6076, 4.3.1 and 4.3.2). Calls that ended
   * with 3xx, 401, 402 or 407 are no failed ones.
   */
  readonly srdSuccessfulMs: LatencySummary
  readonly srdFailedMs: LatencySummary
  /** Session duration time, successfully completed sessions: from the 200 to the BYE, in ms (RFC 6076, 4.5.1). */
  readonly sdtMs: LatencySummary
  /** Session establishment ratio: 200s / (attempts - 3xx) (RFC 6076, 4.6). */
  readonly ser: number | null
  /** Session establishment effectiveness ratio: (200, 480, 486, 600, 603) / (attempts - 3xx) (RFC 6076, 4.7). */
  readonly seer: number | null
  /** Ineffective session attempts: (408, 500, 503, 504) / attempts (RFC 6076, 4.8). */
  readonly isa: number | null
  /** Session completion ratio: successfully completed sessions / attempts (RFC 6076, 4.9). */
  readonly scr: number | null
  /** Traffic carried, in erlangs: the time that calls were answered / the time observed (ITU-T E.600). */
  readonly erlangs: number | null
}

export interface Metrics {
  add(outcome: CallOutcome): void
  /** Takes in all that another has: of another node, another run. That one stays as it is. */
  merge(other: Metrics): void
  readonly counts: Readonly<Counts>
  readonly latency: Readonly<Record<'pdd' | 'srdSuccessful' | 'srdFailed' | 'sdt', Latency>>
  /** How long calls were answered, in all, in ms. */
  readonly talkMs: number
  /** `observedMs`: how long was measured, for the traffic. */
  summary(observedMs?: number): MetricsSummary
}

interface Counts {
  bids: number
  seizures: number
  answers: number
  /** Not answered, but the called party was reached. */
  reached: number
  /** Answered, and it is known how long. */
  timed: number
  redirected: number
  effective: number
  ineffective: number
  completed: number
}

const EFFECTIVE: ReadonlySet<number> = new Set([200, 480, 486, 600, 603])
const INEFFECTIVE: ReadonlySet<number> = new Set([408, 500, 503, 504])

const ratio = (part: number, of: number): number | null => (of > 0 ? part / of : null)

/** Measures calls, one by one as they end. */
export const createMetrics = (): Metrics => {
  const counts: Counts = {
    bids: 0, seizures: 0, answers: 0, reached: 0, timed: 0, redirected: 0, effective: 0, ineffective: 0, completed: 0,
  } // prettier-ignore
  const latency = {
    pdd: createLatency(),
    srdSuccessful: createLatency(),
    srdFailed: createLatency(),
    sdt: createLatency(),
  }
  let talkMs = 0

  const addTimes = (outcome: CallOutcome): void => {
    const { invite, progress, answer, hangup } = outcome
    const answered = isAnswered(outcome)
    // RFC 6076 (4.3.2) names 4xx but 401, 402 and 407, 5xx and 6xx as failure indications.
    if (!isRedirected(outcome) && !isChallenged(outcome))
      between(answered ? latency.srdSuccessful : latency.srdFailed, invite, firstResponse(outcome))
    between(latency.pdd, invite, answered && progress === undefined ? answer : progress)
    const talk = talkTimeOf(outcome)
    if (talk !== undefined) counts.timed++
    talkMs += talk ?? 0
    if (isCompleted(outcome)) between(latency.sdt, answer, hangup)
  }

  return {
    add(outcome) {
      const { sipStatus = 0, seized } = outcome
      counts.bids++
      if (!seized) return
      counts.seizures++
      if (isAnswered(outcome)) counts.answers++
      else if (isReached(outcome)) counts.reached++
      if (isRedirected(outcome)) counts.redirected++
      if (EFFECTIVE.has(sipStatus)) counts.effective++
      if (INEFFECTIVE.has(sipStatus)) counts.ineffective++
      if (isCompleted(outcome)) counts.completed++
      addTimes(outcome)
    },
    merge(other) {
      for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += other.counts[name]
      for (const name of Object.keys(latency) as (keyof typeof latency)[])
        latency[name].merge(other.latency[name])
      talkMs += other.talkMs
    },
    counts,
    latency,
    get talkMs() {
      return talkMs
    },
    summary: (observedMs = 0) => ({
      bids: counts.bids,
      seizures: counts.seizures,
      answers: counts.answers,
      asr: ratio(counts.answers, counts.seizures),
      abr: ratio(counts.answers, counts.bids),
      ner: ratio(counts.answers + counts.reached, counts.seizures),
      acdMs: ratio(talkMs, counts.timed),
      pddMs: latency.pdd.summary(),
      srdSuccessfulMs: latency.srdSuccessful.summary(),
      srdFailedMs: latency.srdFailed.summary(),
      sdtMs: latency.sdt.summary(),
      ser: ratio(counts.answers, counts.seizures - counts.redirected),
      seer: ratio(counts.effective, counts.seizures - counts.redirected),
      isa: ratio(counts.ineffective, counts.seizures),
      scr: ratio(counts.completed, counts.seizures),
      erlangs: ratio(talkMs, observedMs),
    }),
  }
}
