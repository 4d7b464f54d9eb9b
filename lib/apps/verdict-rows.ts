import type { Figure, Kinds, RowOf } from '../app/measure.ts'
import type { CallVerdict } from '../measure/audio/judge-call.ts'
import type { CallRecordings } from './clip-options.ts'
import type { RecordedLeg } from './record-call.ts'

/** The columns of what PlayRec measures: a row for each recording, of what its leg heard. */
export const VERDICT_COLUMNS = {
  /** When the recording began, by the switch's clock. */
  time_ms: 'number',
  node: 'text',
  call_uuid: 'text',
  uuid: 'text',
  /** `caller` or `callee`. */
  leg: 'text',
  /** On the switch. */
  file: 'text',
  /** `good`, `bad`, `nothing said` (to this leg), `not read`. */
  verdict: 'text',
  /** With blanks between them. */
  faults: 'text',
  sound_ms: 'number',
  level_dbov: 'number',
  peak_db: 'number',
  clipped_percent: 'number',
  drop_outs: 'number',
  drop_out_ms: 'number',
  drop_out_percent: 'number',
  delay_ms: 'number',
  delay_variation_ms: 'number',
  correlation: 'number',
  /** How much louder it was than what was said. */
  gain_db: 'number',
  /** By the E-model: an estimate. */
  r_estimate: 'number',
  mos_estimate: 'number',
} as const satisfies Kinds

const ofNode = { time: 'time_ms', by: 'node' }

/** Panels of a report. */
export const VERDICT_FIGURES: readonly Figure[] = [
  { title: 'MOS of recorded calls (E-model, an estimate)', unit: 'MOS', series: ['mos_estimate'], ...ofNode },
  { title: 'Delay of the sound', unit: 'ms', series: ['delay_ms'], ...ofNode },
  { title: 'Sound that dropped out', unit: '%', series: ['drop_out_percent'], ...ofNode },
]

/** The row of one recording; without a verdict it could not be read. */
export const rowOf = (
  { node, callUuid }: CallRecordings,
  leg: 'caller' | 'callee',
  { session, path, startedAt }: RecordedLeg,
  verdict: CallVerdict | undefined,
): RowOf<typeof VERDICT_COLUMNS> => {
  const heard = verdict?.[leg]
  const judged = verdict ? 'nothing said' : 'not read'
  return {
    time_ms: startedAt,
    node,
    call_uuid: callUuid,
    uuid: session.uuid,
    leg,
    file: path,
    verdict: heard ? (heard.good ? 'good' : 'bad') : judged,
    faults: heard?.faults.join(' '),
    sound_ms: heard?.soundMs,
    level_dbov: heard?.levelDbov ?? undefined,
    peak_db: heard?.peakDb ?? undefined,
    clipped_percent: heard?.clippedPercent,
    drop_outs: heard?.dropOuts.length,
    drop_out_ms: heard?.dropOutMs,
    drop_out_percent: heard?.dropOutPercent ?? undefined,
    delay_ms: heard?.delayMs ?? undefined,
    delay_variation_ms: heard?.delayVariationMs ?? undefined,
    correlation: heard?.correlation ?? undefined,
    gain_db: heard?.gainDb ?? undefined,
    r_estimate: heard?.rEstimate ?? undefined,
    mos_estimate: heard?.mosEstimate ?? undefined,
  }
}

const FAULTS = [
  'silence',
  'one-way',
  'unlike',
  'law',
  'incomplete',
  'level',
  'drop-outs',
  'clipping',
  'delay',
  'mos',
] as const

const most = (a: number | null, b: number | null | undefined): number | null =>
  b === null || b === undefined ? a : Math.max(a ?? b, b)

/** The figures of a run: how many recorded calls were good, what was wrong with the others, the worst of each. */
export const createVerdictFigures = (): {
  /** Undefined for a call of which the recordings could not be read. */
  note(verdict: CallVerdict | undefined): void
  metrics(): Readonly<Record<string, number | null>>
} => {
  const count = { recorded: 0, bad: 0, unread: 0 }
  const faulty = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<
    (typeof FAULTS)[number],
    number
  >
  let [delay, dropOut, impairment]: (number | null)[] = [null, null, null]
  return {
    note(verdict) {
      count.recorded++
      if (!verdict) count.unread++
      else if (!verdict.good) count.bad++
      for (const fault of verdict?.faults ?? []) faulty[fault]++
      for (const leg of [verdict?.caller, verdict?.callee]) {
        delay = most(delay ?? null, leg?.delayMs)
        dropOut = most(dropOut ?? null, leg?.dropOutPercent)
        impairment = most(impairment ?? null, leg?.mosEstimate == null ? null : -leg.mosEstimate)
      }
    },
    metrics: () => ({
      recorded_calls: count.recorded,
      bad_calls: count.bad,
      unread_calls: count.unread,
      ...Object.fromEntries(FAULTS.map((fault) => [`${fault.replace('-', '_')}_calls`, faulty[fault]])),
      delay_ms_max: delay ?? null,
      drop_out_percent_max: dropOut ?? null,
      mos_estimate_min: impairment == null ? null : -impairment,
    }),
  }
}
