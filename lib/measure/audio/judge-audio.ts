import type { MosEstimate } from './estimate-mos.ts'
import type { AudioLimits } from './limits.ts'
import type { AudioMeasures } from './measure-audio.ts'

/**
 * What can be wrong: `silence`, nothing is heard; `one-way`, nothing is heard, but the other direction has sound; `unlike`, the
 * clip is not in what is heard; `law`, it was encoded by one law of G.711 and decoded by the other; `incomplete`, not enough of the
 * clip is in it; `level`, much louder or quieter than the clip; `drop-outs`; `clipping`; `delay`; `mos`, the estimate.
 */
export type AudioFault =
  | 'silence'
  | 'one-way'
  | 'unlike'
  | 'law'
  | 'incomplete'
  | 'level'
  | 'drop-outs'
  | 'clipping'
  | 'delay'
  | 'mos'

/** What was heard, and whether that is good. */
export interface AudioVerdict extends AudioMeasures {
  readonly good: boolean
  readonly faults: readonly AudioFault[]
  /** R and MOS by the E-model: an estimate (see `estimateMos`); null where there are no figures for one. */
  readonly rEstimate: number | null
  readonly mosEstimate: number | null
}

/** Less is a click, in ms. */
const SHORTEST_SOUND = 100

/** Whether there is anything to hear. */
export const hasSound = ({ soundMs }: AudioMeasures): boolean => soundMs >= SHORTEST_SOUND

const faultsOf = (
  measures: AudioMeasures,
  estimate: MosEstimate | null,
  limits: AudioLimits,
  otherWay: boolean,
): AudioFault[] => {
  if (!hasSound(measures)) return [otherWay ? 'one-way' : 'silence']
  const { correlation, dropOutPercent, clippedPercent, delayMs, clipPercent, gainDb, misread } = measures
  const clipped = clippedPercent > limits.maxClippedPercent
  const checks: [AudioFault, boolean][] = [
    ['unlike', correlation !== null && correlation < limits.minCorrelation],
    ['law', misread !== null],
    ['incomplete', clipPercent !== null && clipPercent < limits.minClipPercent],
    // What is cut off is too loud, and its level says nothing more.
    ['level', gainDb !== null && misread === null && !clipped && Math.abs(gainDb) > limits.maxLevelDb],
    ['drop-outs', dropOutPercent !== null && dropOutPercent > limits.maxDropOutPercent],
    ['clipping', clipped],
    ['delay', delayMs !== null && delayMs > limits.maxDelayMs],
    ['mos', estimate !== null && estimate.mos < limits.minMos],
  ]
  return checks.flatMap(([fault, is]) => (is ? [fault] : []))
}

/** Judges what was measured; `otherWay` says whether the other direction of the call has sound. */
export const judgeAudio = (
  measures: AudioMeasures,
  estimate: MosEstimate | null,
  limits: AudioLimits,
  otherWay: boolean,
): AudioVerdict => {
  const faults = faultsOf(measures, estimate, limits, otherWay)
  return {
    good: faults.length === 0,
    faults,
    ...measures,
    rEstimate: estimate?.r ?? null,
    mosEstimate: estimate?.mos ?? null,
  }
}
