import { findClipping } from './clipping.ts'
import { coverageOf, findDropOuts, type DropOut } from './drop-outs.ts'
import { findDelay, type Alignment, type DelayRange } from './find-delay.ts'
import { followDelay, type Piece } from './follow-delay.ts'
import { levelsOf } from './levels.ts'
import type { AudioLimits } from './limits.ts'
import { misreadOf, type Misread } from './misread.ts'

/** What was measured of a recording. Null where there was nothing to measure it by. */
export interface AudioMeasures {
  readonly durationMs: number
  /** Time that is louder than silence. */
  readonly soundMs: number
  /** Level of the speech in it, without the pauses, in dBov (ITU-T G.100.1); null for digital silence. */
  readonly levelDbov: number | null
  /** The largest sample, in dB below the overload point. */
  readonly peakDb: number | null
  readonly clippings: number
  readonly clippedPercent: number
  /** When the clip begins in it, or how late it is; null where it was not found. */
  readonly delayMs: number | null
  /** How much the delay changes within the clip: packets that came late, or a jitter buffer that grows. */
  readonly delayVariationMs: number | null
  /** How much it is like the clip there, from 0 to 1. */
  readonly correlation: number | null
  /** How much louder it is than the clip, in dB. */
  readonly gainDb: number | null
  /** How much of the clip is in it, in per cent of the time from its first sound to its last. */
  readonly clipPercent: number | null
  /** It was encoded by one law of G.711 and decoded by the other; null where it was not. */
  readonly misread: Misread | null
  readonly dropOuts: readonly DropOut[]
  readonly dropOutMs: number
  /** Of the time that the clip is audible. */
  readonly dropOutPercent: number | null
}

/** What it is compared with, at the same rate. */
export interface Reference {
  readonly samples: Int16Array
  /** How much later the recording began than the reference did, in ms; default 0. */
  readonly offsetMs?: number
  /** How late it may be, in ms; default: it is looked for everywhere. */
  readonly delayRangeMs?: readonly [least: number, most: number]
}

const rounded = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits

const orNull = (value: number | null): number | null => (value === null ? null : rounded(value))

type Comparison = Pick<
  AudioMeasures,
  | 'delayMs'
  | 'delayVariationMs'
  | 'correlation'
  | 'gainDb'
  | 'clipPercent'
  | 'misread'
  | 'dropOuts'
  | 'dropOutMs'
  | 'dropOutPercent'
>

const NOT_COMPARED: Comparison = {
  delayMs: null,
  delayVariationMs: null,
  correlation: null,
  gainDb: null,
  clipPercent: null,
  misread: null,
  dropOuts: [],
  dropOutMs: 0,
  dropOutPercent: null,
}

/** Of the pieces that are not pauses; one that was not found counts as it is. */
const correlationOf = (pieces: readonly Piece[]): number => {
  const audible = pieces.filter(({ correlation }) => correlation > 0)
  return audible.length < 2
    ? 0
    : audible.reduce((sum, { correlation }) => sum + correlation, 0) / audible.length
}

/**
 * Finds the clip in a recording: by the part of it that is loudest; or, where that is not there, the loudest part of the recording in the
 * clip, for it may have another part alone.
 */
const findClip = (
  reference: Int16Array,
  samples: Int16Array,
  range: DelayRange | undefined,
  enough: number,
): Alignment | undefined => {
  const found = findDelay(reference, samples, range)
  if (!found || found.correlation >= enough) return found
  const back = range && { from: -range.to, to: -range.from }
  const swapped = findDelay(samples, reference, back)
  if (!swapped || swapped.correlation <= found.correlation) return found
  return { lag: -swapped.lag, correlation: swapped.correlation }
}

const compare = (
  samples: Int16Array,
  rate: number,
  { samples: reference, offsetMs = 0, delayRangeMs }: Reference,
  minCorrelation: number,
): Comparison => {
  const offset = Math.round((offsetMs * rate) / 1000)
  const [from, to] = (delayRangeMs ?? []).map((ms) => Math.round((ms * rate) / 1000) - offset)
  const range = from === undefined || to === undefined ? undefined : { from, to }
  const found = findClip(reference, samples, range, minCorrelation)
  if (!found) return NOT_COMPARED
  const misread = misreadOf(reference, samples, found.correlation, range)
  const pieces = followDelay(reference, samples, found, rate)
  const lags = pieces.filter((piece) => piece.found).map(({ lag }) => lag)
  const alike = Math.max(found.correlation, correlationOf(pieces))
  const correlation = rounded(alike, 3)
  if (alike < minCorrelation) return { ...NOT_COMPARED, correlation, misread }
  const { gainDb, dropOuts, audibleMs } = findDropOuts(reference, samples, pieces, rate)
  const { share, wholeMs } = coverageOf(reference, samples, pieces, rate)
  const dropOutMs = dropOuts.reduce((sum, { ms }) => sum + ms, 0)
  const toMs = (count: number): number => rounded((count * 1000) / rate)
  return {
    delayMs: toMs(found.lag + offset),
    delayVariationMs: lags.length === 0 ? 0 : toMs(Math.max(...lags) - Math.min(...lags)),
    correlation,
    gainDb: rounded(gainDb),
    clipPercent: wholeMs === 0 ? null : rounded(100 * Math.max(0, share - dropOutMs / wholeMs)),
    misread,
    dropOuts: dropOuts.map(({ atMs, ms }) => ({ atMs: rounded(atMs), ms })),
    dropOutMs,
    dropOutPercent: audibleMs === 0 ? null : rounded((100 * dropOutMs) / audibleMs),
  }
}

/** Measures a sound, by itself and against what it should be. */
export const measureAudio = (
  samples: Int16Array,
  rate: number,
  { silenceDbov, minCorrelation }: Pick<AudioLimits, 'silenceDbov' | 'minCorrelation'>,
  reference?: Reference,
): AudioMeasures => {
  const durationMs = (samples.length * 1000) / rate
  const { activeDbov, peakDb, soundShare } = levelsOf(samples, rate, silenceDbov)
  const { places, share } = findClipping(samples)
  const soundMs = soundShare * durationMs
  return {
    durationMs: rounded(durationMs),
    soundMs: rounded(soundMs),
    levelDbov: orNull(activeDbov),
    peakDb: orNull(peakDb),
    clippings: places,
    clippedPercent: rounded(100 * share, 3),
    // Silence is like nothing.
    ...(reference && soundMs > 0 ? compare(samples, rate, reference, minCorrelation) : NOT_COMPARED),
  }
}
