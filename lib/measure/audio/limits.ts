import { ArgumentError } from '../../errors.ts'

/** What a sound must keep to be good. */
export interface AudioLimits {
  /** What is not louder is silence, in dBov. */
  readonly silenceDbov: number
  /** How much of a recording may be clipped, in per cent. */
  readonly maxClippedPercent: number
  /** How much of the clip may have dropped out, in per cent of the time that it is audible. */
  readonly maxDropOutPercent: number
  /** How much of the clip must be in it, in per cent of the time from its first sound to its last. */
  readonly minClipPercent: number
  /** How much louder or quieter than the clip it may be, in dB. */
  readonly maxLevelDb: number
  /** In ms. */
  readonly maxDelayMs: number
  /** How much the recording must be like the clip, from 0 to 1. */
  readonly minCorrelation: number
  /** Of the estimate. */
  readonly minMos: number
}

/**
 * By default: nine tenths of the clip; 10 dB, which is half or twice as loud to the ear; 400 ms one way, above which a connection is not to be planned (ITU-T G.114); an estimate of 3.6, below which many
 * users are dissatisfied (ITU-T G.107, annex B); noise at an open microphone, which is below -50 dBov, is silence.
 */
export const DEFAULT_LIMITS: AudioLimits = {
  silenceDbov: -50,
  maxClippedPercent: 0.1,
  maxDropOutPercent: 1,
  minClipPercent: 90,
  maxLevelDb: 10,
  maxDelayMs: 400,
  minCorrelation: 0.4,
  minMos: 3.6,
}

/** The limits, with the defaults for what is not given. Throws ArgumentError (BAD_ARGUMENT). */
export const limitsOf = (given: Partial<AudioLimits> = {}): AudioLimits => {
  for (const [name, value] of Object.entries(given))
    if (!Object.hasOwn(DEFAULT_LIMITS, name) || typeof value !== 'number' || Number.isNaN(value))
      throw new ArgumentError(
        `expected limits of sound to be numbers of ${Object.keys(DEFAULT_LIMITS).join(', ')}, got ${name}: ${String(value)}`,
      )
  return { ...DEFAULT_LIMITS, ...given }
}
