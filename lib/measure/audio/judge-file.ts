import { ArgumentError } from '../../errors.ts'
import { estimateMos, type NetworkFigures } from './estimate-mos.ts'
import { hasSound, judgeAudio, type AudioVerdict } from './judge-audio.ts'
import { limitsOf, type AudioLimits } from './limits.ts'
import { measureAudio } from './measure-audio.ts'
import { readSound } from './read-sound.ts'
import { resample } from './resample.ts'

export interface JudgeFileOptions {
  /** The clip, of which the first channel counts, and the recording, of which it should be a part. */
  readonly reference: string
  readonly recording: string
  /** Which channel of a recording is judged, from 0 on. Default 0: of FreeSWITCH's stereo recordings what the leg has heard. */
  readonly channel?: number
  /** Default: no limit for the delay, for a recording may begin long before the clip. */
  readonly limits?: Partial<AudioLimits>
  /** For the estimate. Default: PCMU, what dropped out as lost packets, no delay. */
  readonly network?: Partial<NetworkFigures>
}

/**
 * Judges a recording in a file by the clip that was played. Throws ArgumentError (BAD_ARGUMENT) for files that cannot be read or
 * are no WAV files, and for a channel that there is not.
 */
export const judgeFile = (options: JudgeFileOptions): AudioVerdict => {
  const { reference, recording, channel = 0, network } = options
  const limits = limitsOf({ maxDelayMs: Infinity, ...options.limits })
  const clip = readSound(reference)
  const { channels, rate } = readSound(recording)
  const heard = channels[channel]
  if (!heard)
    throw new ArgumentError(`${recording} has ${channels.length} channels, no number ${channel + 1}`)
  const samples = resample(clip.channels[0] ?? new Int16Array(), clip.rate, rate)
  const measures = measureAudio(heard, rate, limits, { samples })
  const lossPercent = network?.lossPercent ?? measures.dropOutPercent
  const estimate =
    lossPercent === null ? null : estimateMos({ codec: 'PCMU', delayMs: 0, ...network, lossPercent })
  const others = channels.filter((_, i) => i !== channel)
  const otherWay = others.some((other) => hasSound(measureAudio(other, rate, limits)))
  return judgeAudio(measures, estimate, limits, otherWay)
}
