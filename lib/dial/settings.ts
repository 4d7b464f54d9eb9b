import type { LoadSettings } from '../app/app.ts'
import { ArgumentError } from '../errors.ts'
import { meanHold, type HoldTimes } from './hold.ts'

/** The load that is asked for; all of it can be changed while the calls are placed. */
export interface Settings {
  /** Calls per second over all nodes. Where the traffic has rates of its own: its rate at this time. */
  readonly rate: number
  /** Calls that may be up at once; an arrival that finds them all up is dropped. Infinity: no limit. */
  readonly limit: number
  /** Calls that may be up at once on each node. */
  readonly nodeLimit: number
  /** The run ends after so many arrivals. Infinity: it goes on. */
  readonly maxOffered: number
  /**
   * How long an answered call is held, in ms; 0: for ever. Undefined: so long that the limit is kept up, limit / rate; or
   * 5 s where there is no limit.
   */
  readonly duration: number | HoldTimes | undefined
  /** The shares of the apps, by their names. */
  readonly weights: Readonly<Record<string, number>>
}

/** Refuses what makes no sense. Throws ArgumentError (BAD_ARGUMENT). */
export const requireSettings = ({
  rate = 0,
  limit = 1,
  nodeLimit = 1,
  maxOffered = 1,
  duration = 0,
}: Partial<Settings>): void => {
  if (!(rate >= 0 && Number.isFinite(rate)))
    throw new ArgumentError(`expected a rate of 0 calls per second or more, got ${rate}`)
  if (!(limit >= 1)) throw new ArgumentError(`expected a limit of at least 1 call, got ${limit}`)
  if (!(nodeLimit >= 1))
    throw new ArgumentError(`expected a limit of at least 1 call a node, got ${nodeLimit}`)
  if (!(maxOffered >= 1)) throw new ArgumentError(`expected maxOffered to be at least 1, got ${maxOffered}`)
  if (typeof duration === 'number' && !(duration >= 0))
    throw new ArgumentError(`expected a duration of 0 ms or more, got ${duration}`)
}

/** As the apps are told of them. */
export const settingsForApps = (settings: Settings): LoadSettings => {
  const { rate, limit, maxOffered } = settings
  return { rate, limit, maxOffered, duration: meanHold(settings) }
}
