import { estimateMos, type MosEstimate } from './estimate-mos.ts'
import { hasSound, judgeAudio, type AudioFault, type AudioVerdict } from './judge-audio.ts'
import type { AudioLimits } from './limits.ts'
import { measureAudio, type AudioMeasures } from './measure-audio.ts'

/** What one leg of a call heard and said, recorded side by side. */
export interface LegSound {
  readonly heard: Int16Array
  readonly said: Int16Array
  readonly rate: number
  /** When the recording began, in ms by the clock of its switch. */
  readonly startedAt: number
  /** How its RTP came: FreeSWITCH's name of the codec, and the loss in per cent; undefined where it was not counted. */
  readonly codec: string | undefined
  readonly lossPercent: number | undefined
}

/** Whether the sound of a call is good: of what was said to each leg, what it heard. */
export interface CallVerdict {
  readonly good: boolean
  /** All that is wrong on either leg. */
  readonly faults: readonly AudioFault[]
  /** What the leg heard; undefined where nothing was said to it. */
  readonly caller: AudioVerdict | undefined
  readonly callee: AudioVerdict | undefined
}

/** How late sound may be and still be found, in ms: recordings begin as exactly as an event is stamped. */
const DELAY_RANGE = [-100, 1500] as const

const estimateOf = ({ codec, lossPercent }: LegSound, { delayMs }: AudioMeasures): MosEstimate | null =>
  codec === undefined || lossPercent === undefined
    ? null
    : estimateMos({ codec, lossPercent, delayMs: Math.max(0, delayMs ?? 0) })

/** What was said before the other recording began, or after it ended, was not lost: how much of it is there says nothing. */
const withoutEnds = (measures: AudioMeasures): AudioMeasures => ({ ...measures, clipPercent: null })

/** What a leg heard of what the other one said; of a far end that is not on the switch only what came is known. */
const measureLeg = (leg: LegSound, other: LegSound | undefined, limits: AudioLimits): AudioMeasures =>
  withoutEnds(
    measureAudio(
      leg.heard,
      leg.rate,
      limits,
      other && {
        samples: other.said,
        offsetMs: leg.startedAt - other.startedAt,
        delayRangeMs: DELAY_RANGE,
      },
    ),
  )

const speaks = (leg: LegSound | undefined, limits: AudioLimits): boolean =>
  leg !== undefined && hasSound(measureAudio(leg.said, leg.rate, limits))

/**
 * Judges the sound of a call by its two recordings: what one leg said is the clip that was played, as it was sent; what the other
 * one heard is the recording that it is looked for in. Without a callee (it is on another switch) what came from there has
 * nothing to be compared with. A call in which nothing was said is silent.
 */
export const judgeCall = (
  caller: LegSound,
  callee: LegSound | undefined,
  limits: AudioLimits,
): CallVerdict => {
  const callerSpeaks = speaks(caller, limits)
  // Whoever is out of reach may have spoken.
  const calleeSpeaks = callee === undefined || speaks(callee, limits)
  const heardByCaller = calleeSpeaks ? measureLeg(caller, callee, limits) : undefined
  const heardByCallee = callerSpeaks && callee ? measureLeg(callee, caller, limits) : undefined
  const judge = (measures: AudioMeasures, leg: LegSound, otherWay: boolean): AudioVerdict =>
    judgeAudio(measures, estimateOf(leg, measures), limits, otherWay)
  const verdicts = {
    caller:
      heardByCaller && judge(heardByCaller, caller, heardByCallee ? hasSound(heardByCallee) : callerSpeaks),
    callee:
      callee &&
      heardByCallee &&
      judge(heardByCallee, callee, heardByCaller ? hasSound(heardByCaller) : false),
  }
  const judged = [verdicts.caller, verdicts.callee].filter((each) => each !== undefined)
  const faults: AudioFault[] =
    judged.length === 0 ? ['silence'] : [...new Set(judged.flatMap((verdict) => verdict.faults))]
  return { good: faults.length === 0, faults, ...verdicts }
}
