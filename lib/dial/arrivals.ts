import { ArgumentError } from '../errors.ts'

/** When calls are wanted: milliseconds from the start of the run, rising. */
export type Arrivals = Iterable<number>

/** Evenly spaced arrivals, `rate` a second, the first one at once. Throws ArgumentError for a rate that is none. */
export const constant = (rate: number): Arrivals => {
  if (!Number.isFinite(rate) || rate <= 0)
    throw new ArgumentError(`expected a rate of more than 0 calls per second, got ${rate}`)
  return (function* () {
    // Multiplied, not summed: rounding must not make the schedule drift.
    for (let i = 0; ; i++) yield (i * 1000) / rate
  })()
}
