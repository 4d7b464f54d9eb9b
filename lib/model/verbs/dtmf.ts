import { ArgumentError } from '../../errors.ts'
import type { WaitOptions } from '../../flow/bounds.ts'
import { execute } from '../execute.ts'
import { ask, outcome } from '../perform.ts'
import type { View } from '../view.ts'
import { wholeSeconds } from './control.ts'

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

const DIGITS = /^[0-9A-D*#wW+]+$/

const requireDigits = (digits: string): string => {
  if (!DIGITS.test(digits))
    throw new ArgumentError(
      `expected DTMF digits (0-9 A-D * #, w and W for pauses), got ${JSON.stringify(digits)}`,
    )
  return digits
}

/** Where the switch leaves the digits. */
const VARIABLE = 'switchix_digits'

const requireWord = (what: string, text: string): string => {
  if (text === '' || /\s/.test(text))
    throw new ArgumentError(`expected ${what} without blanks, got ${JSON.stringify(text)}`)
  return text
}

/** The application's arguments, in its order; a blank separates them. */
const collectArgument = (options: CollectOptions): string => {
  const { prompt, invalid = 'silence_stream://250', min = 1, max = 1, tries = 1, terminators = '#' } = options
  const { firstDigitTimeout = 5000, digitTimeout = firstDigitTimeout, pattern = '\\d+' } = options
  return [
    min,
    max,
    tries,
    firstDigitTimeout,
    requireWord('terminators', terminators === '' ? 'none' : terminators),
    requireWord('a prompt', prompt),
    requireWord('a prompt for invalid input', invalid),
    VARIABLE,
    requireWord('a pattern', pattern),
    digitTimeout,
  ].join(' ')
}

/** The switch takes a shorter one for none, and a longer one for its longest (`switch_channel_queue_dtmf_string`). */
const requireDuration = (ms: number): number => {
  if (!(ms > 50 && ms <= 24_000))
    throw new ArgumentError(`expected a digit of more than 50 ms and up to 24 000, got ${ms}`)
  return Math.round(ms)
}

const sendCommand = ({ state }: View, digits: string, duration: number | undefined): string =>
  `uuid_send_dtmf ${state.uuid} ${requireDigits(digits)}${duration === undefined ? '' : `@${requireDuration(duration)}`}`

const collectNow = async (view: View, options: CollectOptions): Promise<string | undefined> => {
  const event = await execute(view, 'play_and_get_digits', collectArgument(options), options)
  return event.get(`variable_${VARIABLE}`)
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
      node.commands.api(`sched_api +${wholeSeconds(ms)} ${uuid} ${sendCommand(this, digits, duration)}`),
    )
  },

  /**
   * Asks for digits; undefined where none came that match. When `timeout` or `signal` is met, the prompts are broken off at the switch;
   * it then still waits for the digits of this try, as long as `firstDigitTimeout` says, for nothing ends that.
   */
  collectDigits(this: View, options: CollectOptions): Promise<string | undefined> {
    return outcome(this, 'collectDigits', collectNow(this, options))
  },
}
