import type { RunSummary } from '../../lib/dial/summary.ts'

/**
 * The exit code of a run of `switchix dial`. Where the machine let the generator stand still for more than 200 ms the run is
 * not valid, as it says; with few calls one such moment is enough, for their 99th percentile is the slowest of them.
 */
export const codeOf = ({ health }: Pick<RunSummary, 'health'>, otherwise = 0): number =>
  health.valid ? otherwise : 4
