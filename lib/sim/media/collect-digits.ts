import type { Execution } from '../execution/execution.ts'
import { expectDigits } from './hear-digits.ts'
import { cancel, later, type Switch } from '../core/switch.ts'

/** Which digits are waited for; times in milliseconds. */
export interface Wanted {
  readonly most: number
  readonly terminators: string
  /** How long the next digit may take, and each one after that. */
  readonly timeout: number
  readonly digitTimeout: number
}

/** What came: the digits without the one that ended them. */
export interface Collected {
  readonly status: 'success' | 'timeout' | 'failure'
  readonly digits: string
  readonly terminator: string
}

/**
 * Waits in an application for digits, behind those that came already; what nests in it takes from its time
 * (`switch_ivr_collect_digits_count` in `src/switch_ivr.c`).
 */
export const collectDigits = (
  sw: Switch,
  run: Execution,
  wanted: Wanted,
  before: string,
  done: (collected: Collected) => void,
): void => {
  let digits = before
  let until = sw.clock.now() + wanted.timeout
  const finish = (status: Collected['status'], terminator = ''): void => {
    cancel(sw, timer)
    run.onPause = run.onResume = run.onStop = run.onDigit = undefined
    done({ status, digits, terminator })
  }
  const wait = () => later(sw, Math.max(0, until - sw.clock.now()), () => finish('timeout'))
  let timer: ReturnType<typeof wait> | undefined
  if (wanted.terminators.includes(before) && before !== '') {
    digits = ''
    finish('success', before)
    return
  }
  timer = wait()
  run.onPause = () => cancel(sw, timer)
  run.onResume = () => {
    timer = wait()
  }
  // A break is not looked for here: only the end of the call stops it.
  run.onStop = (why) => {
    if (why === 'hangup') finish('failure')
  }
  run.onDigit = (take) => {
    const digit = take()?.digit
    if (digit === undefined) return
    if (wanted.terminators.includes(digit)) {
      finish('success', digit)
      return
    }
    digits += digit
    until = sw.clock.now() + wanted.digitTimeout
    cancel(sw, timer)
    if (digits.length >= wanted.most) finish('success')
    else timer = wait()
  }
  expectDigits(sw, run.channel)
}
