import type { Application } from '../execution/execution.ts'
import { askForDigits } from '../media/read-digits.ts'
import { separate } from '../calls/separate.ts'

const SHORTEST_TIMEOUT = 1000

/** `read <min> <max> <file> <variable> <timeout> <terminators> [<digit timeout>]` (`read_function` in `mod_dptools.c`). */
export const read: Application = (sw, run) => {
  const words = separate(run.arg, ' ', 7)
  const number = (at: number): number => Number.parseInt(words[at] ?? '', 10) || 0
  if (words.length === 0 || run.arg.trim() === '') {
    run.end()
    return
  }
  const least = Math.max(1, number(0))
  const timeout = Math.max(SHORTEST_TIMEOUT, number(4))
  const question = {
    least,
    most: Math.max(least, number(1)),
    prompt: words[2] ?? '',
    timeout,
    digitTimeout: number(6) || timeout,
    terminators: words[5] || '#',
    variable: words[3] ?? '',
  }
  askForDigits(sw, run, question, () => run.end())
}
