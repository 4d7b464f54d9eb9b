import { createLatency, type Latency, type LatencySummary } from '../latency.ts'
import { firstResponse, isAnswered, isCompleted, REACHED_CAUSES, type CallOutcome } from './outcome.ts'

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
  /** Network effectiveness ratio: (answers + user busy + no answer + rejected) / seizures (ITU-T E.425). */
  readonly ner: number | null
  /** Average call duration, from answer to hangup, of the answered calls, in ms. */
  readonly acdMs: number | null
  /** Post-dial delay: from the INVITE to the first sign of the far end, of calls that had one before their end, in ms. */
  readonly pddMs: LatencySummary
  /** Session request delay: from the INVITE to its first response but 100, in ms (RFC 6076, 4.3.1 and 4.3.2). */
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
  /** `observedMs`: how long was measured, for the traffic. */
  summary(observedMs?: number): MetricsSummary
}

const EFFECTIVE: ReadonlySet<number> = new Set([200, 480, 486, 600, 603])
const INEFFECTIVE: ReadonlySet<number> = new Set([408, 500, 503, 504])

const ratio = (part: number, of: number): number | null => (of > 0 ? part / of : null)

const between = (latency: Latency, from: number | undefined, to: number | undefined): void => {
  if (from !== undefined && to !== undefined) latency.record(to - from)
}

/** Measures calls, one by one as they end. */
export const createMetrics = (): Metrics => {
  const count = {
    bids: 0, seizures: 0, answers: 0, reached: 0, redirected: 0, effective: 0, ineffective: 0, completed: 0,
  } // prettier-ignore
  const pdd = createLatency()
  const srd = { successful: createLatency(), failed: createLatency() }
  const sdt = createLatency()
  let talkMs = 0

  const addTimes = (outcome: CallOutcome): void => {
    const { invite, progress, answer, hangup } = outcome
    const answered = isAnswered(outcome)
    between(answered ? srd.successful : srd.failed, invite, firstResponse(outcome))
    between(pdd, invite, answered && progress === undefined ? answer : progress)
    if (answered) talkMs += (hangup ?? Number.NaN) - (answer ?? 0) || 0
    if (isCompleted(outcome)) between(sdt, answer, hangup)
  }

  return {
    add(outcome) {
      const { sipStatus = 0, cause, seized } = outcome
      count.bids++
      if (!seized) return
      count.seizures++
      if (isAnswered(outcome)) count.answers++
      else if (REACHED_CAUSES.has(cause)) count.reached++
      if (sipStatus >= 300 && sipStatus < 400) count.redirected++
      if (EFFECTIVE.has(sipStatus)) count.effective++
      if (INEFFECTIVE.has(sipStatus)) count.ineffective++
      if (isCompleted(outcome)) count.completed++
      addTimes(outcome)
    },
    summary: (observedMs = 0) => ({
      bids: count.bids,
      seizures: count.seizures,
      answers: count.answers,
      asr: ratio(count.answers, count.seizures),
      abr: ratio(count.answers, count.bids),
      ner: ratio(count.answers + count.reached, count.seizures),
      acdMs: ratio(talkMs, count.answers),
      pddMs: pdd.summary(),
      srdSuccessfulMs: srd.successful.summary(),
      srdFailedMs: srd.failed.summary(),
      sdtMs: sdt.summary(),
      ser: ratio(count.answers, count.seizures - count.redirected),
      seer: ratio(count.effective, count.seizures - count.redirected),
      isa: ratio(count.ineffective, count.seizures),
      scr: ratio(count.completed, count.seizures),
      erlangs: ratio(talkMs, observedMs),
    }),
  }
}
