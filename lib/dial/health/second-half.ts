import type { Timeline } from '../../measure/summary/timeline.ts'

/**
 * CPU time a call (ms) in the second half of the time in which calls were placed: what the generator costs once its code is
 * compiled and its tables have their size. `until`: when the last was placed, in ms since the start. Null without calls then.
 */
export const secondHalfPerCallMs = (
  { atMs, launched, cpuMs }: Pick<Timeline, 'atMs' | 'launched' | 'cpuMs'>,
  until: number,
): number | null => {
  const from = atMs.findIndex((at) => at >= until / 2)
  const to = atMs.findLastIndex((at) => at <= until)
  const calls = (launched[to] ?? 0) - (launched[from] ?? 0)
  if (from < 0 || to <= from || calls <= 0) return null
  return Math.round((((cpuMs[to] ?? 0) - (cpuMs[from] ?? 0)) / calls) * 1000) / 1000
}
