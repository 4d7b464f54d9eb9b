import type { RunSummary } from './run-summary.ts'

/**
 * Says why a run is not the whole run that was asked for, and which of its rows are in no file; each in a sentence. Empty where
 * all went as it should.
 */
export const shortcomingsOf = ({
  outcome,
  error,
  launched,
  files,
}: Pick<RunSummary, 'outcome' | 'error' | 'launched' | 'files'>): string[] => {
  const because = error === null ? '' : `: ${error}`
  const texts: Partial<Record<RunSummary['outcome'], string>> = {
    running: `the run has not ended: ${launched} calls were placed so far`,
    interrupted: `the run was interrupted after ${launched} calls${because}`,
    lost: `a switch went away, and the run ended after ${launched} calls${because}`,
    unreachable: `no call was placed: the switch could not be reached${because}`,
    failed: `the run ended after ${launched} calls with an error${because}`,
  }
  const text = texts[outcome]
  const rows = files
    .filter(({ unwritten }) => unwritten > 0)
    .map(({ path, written, unwritten }) => `${unwritten} of ${written + unwritten} rows are not in ${path}`)
  return [...(text === undefined ? [] : [text]), ...rows]
}
