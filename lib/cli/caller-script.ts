import { InvalidArgumentError } from 'commander'
import { readDuration } from '../apps/options/duration.ts'
import type { Clock } from '../clock.ts'
import type { Phone } from '../sim/calls/phone.ts'

/** What a caller does: keys, or a hangup, so many milliseconds after the step before; the first counts from the answer. */
export interface CallerStep {
  readonly after: number
  readonly keys: string | undefined
}

/** Reads `2s:1,500ms:23#,5s:hangup`. */
export const callerScript = (text: string): CallerStep[] =>
  text.split(',').map((step): CallerStep => {
    const [, time = '', what = ''] = /^([^:]+):(hangup|[0-9A-Da-d*#]+)$/.exec(step.trim()) ?? []
    const after = readDuration(time)
    if (what === '' || after === undefined || after === Infinity)
      throw new InvalidArgumentError(
        `Expected what the caller does as time:keys or time:hangup, such as 2s:1,500ms:23#,5s:hangup, got "${step}".`,
      )
    return { after, keys: what === 'hangup' ? undefined : what }
  })

/** Has a phone do as the script says once it is answered, and hang up `longest` ms after the last step. */
export const playCaller = (
  phone: Phone,
  clock: Clock,
  script: readonly CallerStep[],
  longest: number,
): void => {
  const play = (index: number): void => {
    const step = script[index]
    clock.setTimeout(
      () => {
        if (step?.keys === undefined) phone.hangup()
        else {
          phone.press(step.keys)
          play(index + 1)
        }
      },
      step?.after ?? longest,
      true,
    )
  }
  phone.answered.then(() => play(0)).catch(() => undefined)
  phone.ended.catch(() => undefined)
}
