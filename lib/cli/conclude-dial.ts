import { summaryOfNoRun } from '../dial/no-run.ts'
import type { OriginatorOptions } from '../dial/options.ts'
import type { RunOutcome, RunSummary } from '../dial/summary.ts'
import { messageOf } from '../errors.ts'
import type { DialFiles } from './dial-files.ts'
import { filesText } from './display/files-text.ts'
import { summaryText } from './display/summary-text.ts'
import { EXIT, exitCodeOf } from './failure.ts'

export interface ConcluderOptions {
  readonly files: Pick<DialFiles, 'complete' | 'write'>
  /** What the run was to be, for the summary of one that never began. */
  readonly load: Pick<OriginatorOptions, 'seed' | 'thresholds'>
  /** Undefined: the run has not begun. */
  readonly summary: () => RunSummary | undefined
  readonly interrupted: () => boolean
  /** Nothing more is placed from now on. */
  readonly closing: () => void
}

const outcomeOf = (error: unknown): RunOutcome =>
  exitCodeOf(error) === EXIT.unreachable ? 'unreachable' : 'failed'

const without = ({ seed, thresholds }: ConcluderOptions['load'], error: unknown): RunSummary => {
  const run = { ...(seed !== undefined && { seed }), ...(thresholds && { thresholds }) }
  if (error === undefined)
    return summaryOfNoRun('interrupted', 'it was interrupted before the first call', run)
  const outcome = outcomeOf(error) === 'unreachable' ? 'unreachable' : 'failed'
  return summaryOfNoRun(outcome, messageOf(error), run)
}

/**
 * Creates what ends a run of `dial`, once, however far it came: prints its summary and writes its files. `error`: what ended it.
 * Returns the summary, or undefined where it was concluded before.
 */
export const concluder = ({
  files,
  load,
  summary,
  interrupted,
  closing,
}: ConcluderOptions): ((error?: unknown) => RunSummary | undefined) => {
  let concluded = false
  return (error) => {
    if (concluded) return undefined
    concluded = true
    const made = summary()
    closing()
    const outcome = error !== undefined ? 'failed' : interrupted() ? 'interrupted' : made?.outcome
    const ended = made && {
      ...made,
      outcome: outcome ?? 'failed',
      error: error === undefined ? made.error : messageOf(error),
    }
    const whole = files.complete(ended ?? without(load, error))
    if (ended) process.stdout.write(summaryText(whole))
    const written = files.write(whole)
    if (ended) process.stdout.write(filesText(whole.files, written))
    return whole
  }
}
