import type { Execution } from '../execution/execution.ts'
import { expectDigits } from './hear-digits.ts'
import type { Switch } from '../core/switch.ts'
import { getVariable, setOwn } from '../channel/variables.ts'

/** The digits that end a playback: `*` where `playback_terminators` says nothing else (`on_dtmf` in `mod_dptools.c`). */
const terminatorsOf = (run: Execution): string => {
  const set = getVariable(run.channel, 'playback_terminators') ?? '*'
  if (/^any$/i.test(set)) return '1234567890*#'
  return /^none$/i.test(set) ? '' : set
}

/**
 * Lets a digit end what an application does: `watch` is told how, anew for whatever it does next. The digit is left in
 * `playback_terminator_used`.
 */
export const stopAtDigit = (sw: Switch, run: Execution): { watch: (stop: () => void) => void } => {
  setOwn(run.channel, 'playback_terminator_used', '')
  return {
    watch(stop) {
      run.onDigit = (take) => {
        const digit = take()?.digit
        if (digit === undefined || !terminatorsOf(run).includes(digit)) return
        setOwn(run.channel, 'playback_terminator_used', digit)
        stop()
      }
      expectDigits(sw, run.channel)
    },
  }
}
