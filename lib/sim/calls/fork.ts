import { release } from '../channel/channel-end.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { getVariable, setOwn } from '../channel/variables.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { variablesOf, type DialString, type DialTarget, type Variables } from './dial-string.ts'
import { readEndpoint, type Endpoint } from './endpoint.ts'

/** Legs that ring at once, for an originate or a bridge: the first to answer is taken (`switch_ivr_originate`). */

/** Variables of a leg that is asked for a key, or called later, or that has to ring by some time. */
const NOT_MODELLED = ['group_confirm_key', 'leg_delay_start', 'leg_progress_timeout', 'originate_delay_start']

/** What of a dial string the embedded switch cannot dial, if there is any. */
export const notModelled = (sw: Switch, { variables, groups }: DialString): string | undefined => {
  for (const given of [variables, ...groups.flat().map((leg) => leg.variables)])
    for (const name of NOT_MODELLED) if ((given.get(name) ?? '') !== '') return `the variable ${name}`
  for (const group of groups)
    for (const { endpoint } of group) {
      const found = readEndpoint(sw, endpoint)
      if (found.kind === 'not modelled') return found.what
    }
  return undefined
}

/** The legs of a group that could be dialed; without any, why not. */
export interface Dialed {
  readonly legs: readonly Channel[]
  readonly cause: string
}

/** How one leg is dialed; a cause where it cannot be. */
export type DialOne = (
  endpoint: Exclude<Endpoint, { kind: 'not modelled' }>,
  variables: Variables,
) => Channel | string

/** Dials the legs of a group, in their order. */
export const dialGroup = (
  sw: Switch,
  dialed: DialString,
  group: readonly DialTarget[],
  dialOne: DialOne,
): Dialed => {
  const legs: Channel[] = []
  let cause = 'DESTINATION_OUT_OF_ORDER'
  for (const target of group) {
    const endpoint = readEndpoint(sw, target.endpoint)
    if (endpoint.kind === 'not modelled') continue
    const leg = dialOne(endpoint, variablesOf(dialed, target))
    if (typeof leg === 'string') cause = leg
    else legs.push(leg)
  }
  return { legs, cause }
}

export const anyUp = (legs: readonly Channel[]): boolean => legs.some(isUp)

/** Why a group of legs has failed: what the first of them says. */
export const causeOf = (legs: readonly Channel[]): string => legs[0]?.hangupCause ?? 'NO_ANSWER'

/**
 * FreeSWITCH compares whole seconds of the clock: five seconds that begin late in one are hardly more than four. A
 * `leg_timeout` has to be exceeded, the time of all legs only to be reached.
 */
const msUntilSecond = (sw: Switch, seconds: number): number => {
  const now = sw.clock.now()
  const left = (Math.floor(now / 1000) + seconds) * 1000 - now
  return Math.ceil(left / TIMING.originatePoll) * TIMING.originatePoll
}

/**
 * How long they may ring: all of them together, and each by its `leg_timeout` (`check_per_channel_timeouts`). Gives what
 * stops the clocks.
 */
export const limitRinging = (
  sw: Switch,
  legs: readonly Channel[],
  seconds: number,
  over: () => void,
): (() => void) => {
  const timeouts = [later(sw, msUntilSecond(sw, seconds), over)]
  for (const leg of legs) {
    const own = getVariable(leg, 'leg_timeout')
    if (own !== undefined)
      timeouts.push(
        later(sw, msUntilSecond(sw, Number(own) + 1), () => hangup(sw, leg, 'ALLOTTED_TIMEOUT', 'command')),
      )
  }
  return () => timeouts.forEach((timeout) => cancel(sw, timeout))
}

/** One leg has won: those that still ring have lost the race, and everybody lets go of them. */
export const dropOthers = (sw: Switch, legs: readonly Channel[], winner: Channel): void => {
  for (const leg of legs) {
    if (leg === winner) continue
    leg.waiter = undefined
    if (isUp(leg)) {
      setOwn(leg, 'group_dial_status', 'loser')
      hangup(sw, leg, 'LOSE_RACE', 'command')
    }
    release(sw, leg)
  }
}

/** Nobody waits for these legs any longer. */
export const dropAll = (sw: Switch, legs: readonly Channel[], cause?: string): void => {
  for (const leg of legs) {
    leg.waiter = undefined
    if (cause !== undefined && isUp(leg)) hangup(sw, leg, cause, 'command')
    release(sw, leg)
  }
}
