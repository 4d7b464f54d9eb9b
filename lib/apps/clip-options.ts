import { ArgumentError } from '../errors.ts'
import type { CallVerdict } from '../measure/audio/judge-call.ts'
import { limitsOf, type AudioLimits } from '../measure/audio/limits.ts'
import { count, duration, flag, readJson, text, type OptionSpec, type OptionTable } from './options/option.ts'

/** What PlayRec and MutedPlayRec have in common. */
export interface ClipOptions {
  /**
   * The file that is played: a path on the switch, relative to its `sound_prefix`. Default
   * `ivr/ivr-founder_of_freesource.wav`, which comes with FreeSWITCH's sounds.
   */
  readonly clip?: string
  /** How often it is played in a call. Default 1. */
  readonly iterations?: number
  /**
   * How long a call shall last, in ms, in place of `iterations`: as many clips as there is room for, the rest silence;
   * Infinity: until somebody hangs up. 0, the default: by `iterations`. An originator's own duration comes before it.
   */
  readonly duration?: number
  /** How long the clip is, in ms, to know how many there is room for. Default 4250. */
  readonly clipLength?: number
  /** How long a recording goes on after the last clip, in ms. Default 1000; more where `duration` leaves more. */
  readonly tail?: number
  /**
   * A call is recorded where so many ms have gone by on its switch since the last that was; 0 records every call,
   * Infinity none. Default 5000.
   */
  readonly recPeriod?: number
  /** Whether both directions are recorded, one on each channel of the file. Default false: mixed. */
  readonly stereo?: boolean
  /** Where the recordings go: a folder on the switch. Default: its `recordings_dir`. */
  readonly directory?: string
  /**
   * Whether the recordings are judged, once the call is over: silence, one-way audio, drop-outs, clipping, delay, and an estimate
   * of the MOS (see `CallVerdict`). They are in stereo then, whatever `stereo` says. Default false.
   */
  readonly verdict?: boolean
  /** What is good; see `AudioLimits`. */
  readonly limits?: Partial<AudioLimits>
  /**
   * Where the folder of the recordings is seen from here, for they are files of the switch. Default: at the path that it has
   * there, for a switch on this machine.
   */
  readonly localDirectory?: string
  /** Told of each recorded call, once its files are complete; with a verdict, once it is over. */
  readonly onRecorded?: ((recordings: CallRecordings) => void) | undefined
}

/** The two recordings of a call, files on its switch. */
export interface CallRecordings {
  /** `host:port` of the switch. */
  readonly node: string
  readonly callUuid: string
  readonly caller: string
  /** Undefined where the other leg is not on that switch. */
  readonly callee: string | undefined
  /** Where it was asked for. */
  readonly verdict?: CallVerdict | undefined
  /** Why there is no verdict: the files could not be read here, or are no WAV files. */
  readonly problem?: string | undefined
}

/** Path on the switch. */
const PATH = { pattern: /^[^\r\n\0]+$/, expected: 'a path' }

const isLimits = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  try {
    return Boolean(limitsOf(value))
  } catch (error) {
    if (error instanceof ArgumentError) return false
    throw error
  }
}

const limits: OptionSpec<Partial<AudioLimits>> = {
  type: 'json',
  default: {},
  summary: 'what sound must keep to be good, where it is judged',
  expected: 'limits of sound, such as {"maxDelayMs":200,"minMos":4}',
  isValid: isLimits,
  read: readJson,
  write: (value) => JSON.stringify(value),
}

export const CLIP_OPTIONS: OptionTable<Omit<ClipOptions, 'onRecorded'>> = {
  clip: text('ivr/ivr-founder_of_freesource.wav', 'the file that is played, on the switch', PATH),
  iterations: count(1, 'how often it is played in a call'),
  duration: duration(0, 'how long a call shall last, in place of iterations', { never: true }),
  clipLength: duration(4250, 'how long the clip is', { min: 1 }),
  tail: duration(1000, 'how long a recording goes on after the last clip'),
  recPeriod: duration(5000, 'time from one recorded call to the next; never records none', { never: true }),
  stereo: flag(false, 'whether both directions are recorded, each on a channel of its own'),
  verdict: flag(
    false,
    'whether the recordings are judged: silence, one-way audio, drop-outs, clipping, delay',
  ),
  limits,
  localDirectory: text(
    '',
    "where the folder of the recordings is seen from here; empty for the switch's path",
  ),
  directory: text('', "folder for the recordings, on the switch; empty for the switch's recordings_dir"),
}
