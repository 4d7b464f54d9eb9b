import type { EslEvent } from '../../esl/event.ts'
import { ArgumentError } from '../../errors.ts'
import { requireFile } from '../../esl/encode/file.ts'
import { requireInteger, requireSeconds } from '../../esl/encode/number.ts'
import { requireOneLine } from '../../esl/encode/one-line.ts'
import { channelApi, requireUuid } from '../../esl/encode/uuid.ts'
import { encodeWord, requireWord } from '../../esl/encode/word.ts'
import type { WaitOptions } from '../../flow/bounds.ts'
import { execute } from '../execute.ts'
import { heard } from '../played.ts'
import { ask, outcome } from '../perform.ts'
import type { View } from '../view.ts'
import { latestHeader } from '../state.ts'

/** What the caller is asked for (`play_and_get_digits`). Times in milliseconds. */
export interface CollectOptions extends WaitOptions {
  /** The file that asks. */
  readonly prompt: string
  /** What is played when the digits are not what was asked for. Default: silence. */
  readonly invalid?: string
  /** Default 1. */
  readonly min?: number
  /** Default 1. */
  readonly max?: number
  /** How often it is asked. Default 1. */
  readonly tries?: number
  /** Digits that end the input and are not part of it. Default `#`. */
  readonly terminators?: string
  /** How long the first digit may take once the prompt has ended. Default 5000. */
  readonly firstDigitTimeout?: number
  /** How long each further digit may take. Default: as the first. */
  readonly digitTimeout?: number
  /** What the digits must match. Default: any digits. */
  readonly pattern?: string
}

const DIGITS = /^[0-9A-D*#wW]{1,90}$/

/** A `+` would part them, and 99 bytes are the most (`switch_core_session_send_dtmf_string`, switch_core_io.c). */
const requireDigits = (digits: string): string => {
  if (!DIGITS.test(digits))
    throw new ArgumentError(
      `expected 1 to 90 DTMF digits (0-9 A-D * #, w and W for pauses), got ${JSON.stringify(digits)}`,
    )
  return digits
}

const DEFAULT_INVALID = 'silence_stream://250'

/** Where the switch leaves the digits. */
const VARIABLE = 'switchix_digits'

/** What the application keeps digits in (`digit_buffer`, mod_dptools.c:2831). */
const MAX_DIGITS = 127

/** The application's arguments, in its order (mod_dptools.c:2822), cut at blanks. An empty pattern lets all digits match. */
const encodeCollect = (options: CollectOptions): string => {
  const { prompt, invalid = DEFAULT_INVALID, min = 1, max = Math.max(1, min), tries = 1 } = options
  const { firstDigitTimeout = 5000, digitTimeout = firstDigitTimeout } = options
  const { terminators = '#', pattern = '\\d+' } = options
  requireInteger('min', min, { max: MAX_DIGITS })
  return [
    min,
    requireInteger('max, not below min', max, { min: Math.max(1, min), max: MAX_DIGITS }),
    requireInteger('tries', tries, { min: 1 }),
    requireInteger('firstDigitTimeout in ms', firstDigitTimeout, { min: 1 }),
    requireWord('terminators', terminators === '' ? 'none' : terminators),
    requireWord('a prompt', requireFile('a prompt', prompt)),
    requireWord('a prompt for invalid input', requireFile('a prompt for invalid input', invalid)),
    VARIABLE,
    encodeWord(requireOneLine('a pattern', pattern)),
    requireInteger('digitTimeout in ms', digitTimeout, { min: 1 }),
  ].join(' ')
}

/** The longest digit, in samples (SWITCH_MAX_DTMF_DURATION, switch_types.h:119). */
const LONGEST = 192_000

/** The switch takes a shorter one for its default, and a longer one for its longest, which hangs on the codec's rate. */
const requireDuration = ({ state }: View, ms: number): number => {
  const rate = Number(latestHeader(state, 'Channel-Write-Codec-Rate') ?? 0) || 8000
  return requireInteger('the length of a digit in ms', ms, {
    min: 51,
    max: Math.floor((LONGEST * 1000) / rate),
  })
}

const sendCommand = (view: View, digits: string, duration: number | undefined): string => {
  const length = duration === undefined ? '' : `@${requireDuration(view, duration)}`
  return channelApi('uuid_send_dtmf', view.state.uuid, requireDigits(digits) + length)
}

const collectNow = async (view: View, options: CollectOptions): Promise<string | undefined> => {
  const app = 'play_and_get_digits'
  const digitsIn = (event: EslEvent): string | undefined => event.get(`variable_${VARIABLE}`)
  const { prompt, invalid = DEFAULT_INVALID } = options
  const done = heard(view, app, {
    // What is played for digits that are wrong is played after a prompt that is missing, too.
    isWanted: (event) => prompt === invalid || event.get('Playback-File-Path') !== invalid,
    isEnough: (event) => digitsIn(event) !== undefined,
  })
  return digitsIn(await execute(view, app, () => encodeCollect(options), options, done))
}

/** Digits. */
export const dtmfVerbs = {
  /**
   * Sends digits, each `duration` ms long (more than 50; the switch's default, 250, where not given). Resolves when the switch
   * has them to send: nothing tells when they are out, but the far leg's DTMF events.
   */
  sendDtmf(this: View, digits: string, duration?: number): Promise<string> {
    return ask(this, 'sendDtmf', async () =>
      this.state.node.commands.api(sendCommand(this, digits, duration)),
    )
  },

  /** Has the switch send digits in `ms` milliseconds (whole seconds); `clearTasks` takes that back. */
  schedDtmf(this: View, ms: number, digits: string, duration?: number): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'schedDtmf', async () =>
      node.commands.api(
        `sched_api +${requireSeconds('a delay', ms)} ${requireUuid(uuid)} ${sendCommand(this, digits, duration)}`,
      ),
    )
  },

  /**
   * Asks for digits; undefined where none came that match. Rejects with CommandError where no prompt could be played. When `timeout` or `signal` is met, the prompts are broken off at the switch;
   * it then still waits for the digits of this try, as long as `firstDigitTimeout` says, for nothing ends that.
   */
  collectDigits(this: View, options: CollectOptions): Promise<string | undefined> {
    return outcome(this, 'collectDigits', collectNow(this, options))
  },
}
