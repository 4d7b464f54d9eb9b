import { preAnswer } from '../calls/called-side.ts'
import { hasMedia } from '../channel/channel.ts'
import { collectDigits, type Collected } from './collect-digits.ts'
import type { Execution } from '../execution/execution.ts'
import { expectDigits } from './hear-digits.ts'
import { play } from './play.ts'
import { findSound } from './sound.ts'
import type { Switch } from '../core/switch.ts'
import { setVariable, unsetVariable } from '../channel/variables.ts'

/** What is asked for, and how. Times in milliseconds. */
export interface Question {
  readonly least: number
  readonly most: number
  /** The file that asks; empty for none. */
  readonly prompt: string
  readonly timeout: number
  readonly digitTimeout: number
  /** `=` in front: one of them has to come; `+` before one: it counts as a digit; `x`: and nothing is asked again. */
  readonly terminators: string
  /** The variable for the digits. */
  readonly variable: string
}

export interface Answer {
  readonly status: 'success' | 'timeout' | 'too small' | 'failure' | 'restart'
  readonly digits: string
}

const judge = ({ least, most, terminators }: Question, { status, digits, terminator }: Collected): Answer => {
  const prefix = terminators.charAt(terminators.indexOf(terminator) - 1)
  const kept = terminator !== '' && (prefix === '+' || prefix === 'x') ? digits + terminator : digits
  const short = (least > 0 && kept.length < least) || (terminator === '' && terminators.startsWith('='))
  const judged = short ? 'too small' : terminator !== '' && prefix === 'x' ? 'restart' : status
  const alone = judged !== 'restart' && most === 1 && kept.length === 1 && terminators.includes(kept)
  return { status: judged, digits: alone ? '' : kept }
}

/**
 * Plays a prompt, which the first digit ends, and waits for the others: `switch_ivr_read` in
 * `src/switch_ivr_play_say.c`. The digits are left in the variable, also when there are too few.
 */
export const askForDigits = (
  sw: Switch,
  run: Execution,
  question: Question,
  done: (answer: Answer) => void,
): void => {
  const { channel } = run
  const { prompt, most, timeout, digitTimeout, terminators, variable } = question
  unsetVariable(channel, 'read_result')
  if (variable !== '') unsetVariable(channel, variable)
  preAnswer(sw, channel)
  const leave = (answer: Answer): void => {
    if (variable !== '' && answer.digits !== '') setVariable(channel, variable, answer.digits)
    done(answer)
  }
  const collected = (result: Collected): void => {
    if (result.terminator !== '') setVariable(channel, 'read_terminator_used', result.terminator)
    const answer = judge(question, result)
    const { status } = answer
    setVariable(channel, 'read_result', status === 'success' || status === 'timeout' ? status : 'failure')
    leave(answer)
  }
  const collect = (first: string): void => {
    if (first.length >= most && most > 0) {
      collected({ status: 'success', digits: first, terminator: '' })
      return
    }
    const wanted = { most, terminators, timeout: first === '' ? timeout : digitTimeout, digitTimeout }
    collectDigits(sw, run, wanted, first, collected)
  }
  if (!hasMedia(channel)) {
    done({ status: 'failure', digits: '' })
    return
  }
  if (prompt === '' || /^silence$/i.test(prompt)) {
    collect('')
    return
  }
  const sound = findSound(sw.config, prompt)
  if (!sound) {
    leave({ status: 'failure', digits: '' })
    return
  }
  let first = ''
  const stop = play(sw, run, sound, (why) => {
    if (why === 'hangup') leave({ status: 'failure', digits: '' })
    else collect(first)
  })
  run.onDigit = (take) => {
    first = take()?.digit ?? ''
    if (first !== '') stop()
  }
  expectDigits(sw, channel)
}
