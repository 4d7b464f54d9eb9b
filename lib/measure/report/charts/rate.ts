/** A rate is no rate over less than this, in ms: of five calls a second, there is one in every fifth of it. */
const LEAST = 1000

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** What rates are taken over, in ms: of a long run, a second says nothing that can be seen. */
export const rateWindow = (times: readonly number[]): number =>
  Math.max(LEAST, Math.ceil(((times.at(-1) ?? 0) - (times[0] ?? 0)) / 100_000) * 1000)

/**
 * What a count that grows does in a second, at each of these times (in ms): over the window before it, or more where the
 * times are further apart; at the beginning, over what there is, null while that is less than half of it.
 */
export const ratesOver = (
  times: readonly number[],
  counts: readonly number[],
): readonly (number | null)[] => {
  const window = rateWindow(times)
  let since = 0
  return times.map((time, i) => {
    while (since + 1 < i && time - (times[since + 1] ?? 0) >= window) since++
    const passed = time - (times[since] ?? 0)
    return passed >= window / 2 ? rounded((((counts[i] ?? 0) - (counts[since] ?? 0)) * 1000) / passed) : null
  })
}

/** Says what rates are taken over. */
export const rateNote = (times: readonly number[]): string => `Each over ${rateWindow(times) / 1000} s.`
