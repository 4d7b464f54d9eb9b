import { isUp } from '../channel/channel.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { play } from '../media/play.ts'
import { askForDigits, type Answer, type Question } from '../media/read-digits.ts'
import { separate } from '../calls/separate.ts'
import { findSound } from '../media/sound.ts'
import type { Switch } from '../core/switch.ts'
import { getVariable, setVariable, unsetVariable } from '../channel/variables.ts'

interface Asked {
  readonly question: Question
  readonly tries: number
  /** The file that is played when the digits are not what was asked for. */
  readonly invalid: string
  readonly pattern: string
}

const SHORTEST_TIMEOUT = 1000

/** `<min> <max> <tries> <timeout> <terminators> <file> <invalid file> <variable> <pattern> <digit timeout>`. */
const read = (arg: string): Asked => {
  const words = separate(arg, ' ', 11)
  const number = (at: number): number => Math.max(0, Number.parseInt(words[at] ?? '', 10) || 0)
  const least = number(0)
  const timeout = Math.max(SHORTEST_TIMEOUT, number(3))
  return {
    question: {
      least,
      most: Math.max(least, number(1)),
      prompt: words[5] ?? '',
      timeout,
      digitTimeout: number(9) || timeout,
      terminators: words[4] || '#',
      variable: words[7] ?? '',
    },
    tries: number(2),
    invalid: words[6] ?? '',
    pattern: words[8] ?? '',
  }
}

/** A pattern that is none matches nothing. */
const matches = (pattern: string, digits: string): boolean => {
  try {
    return new RegExp(pattern).test(digits)
  } catch {
    return false
  }
}

/** Whether an answer is what was asked for; one that came too late counts when it is long enough. */
const isGood = (run: Execution, { question, pattern }: Asked, { status, digits }: Answer): boolean => {
  const { least, variable } = question
  if (status === 'restart') return true
  const terminated = getVariable(run.channel, 'read_terminator_used') !== undefined
  if (least === 0 && digits === '' && terminated) return true
  const enough = status === 'success' || (status === 'timeout' && digits.length >= least)
  if (!enough || digits === '') return false
  if (pattern === '' || matches(pattern, digits)) return true
  if (variable !== '') {
    unsetVariable(run.channel, variable)
    setVariable(run.channel, `${variable}_invalid`, digits)
  }
  return false
}

const ask = (sw: Switch, run: Execution, asked: Asked, tries: number): void => {
  if (tries <= 0 || !isUp(run.channel)) {
    run.end()
    return
  }
  askForDigits(sw, run, asked.question, (answer) => {
    if (!isUp(run.channel) || isGood(run, asked, answer)) {
      run.end()
      return
    }
    const sound = findSound(sw.config, asked.invalid)
    const again = (): void => ask(sw, run, asked, tries - 1)
    if (sound) play(sw, run, sound, again)
    else again()
  })
}

/** `play_and_get_digits`, as `switch_play_and_get_digits` in `src/switch_ivr_play_say.c` does it. */
export const playAndGetDigits: Application = (sw, run) => {
  const asked = read(run.arg)
  const { variable } = asked.question
  if (asked.pattern !== '' && variable !== '') unsetVariable(run.channel, `${variable}_invalid`)
  ask(sw, run, asked, asked.tries)
}
