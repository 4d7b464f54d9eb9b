import type { DialNode } from './dial-nodes.ts'
import { raiseLimits, readLimits, shortOf, type RaisedLimits, type SwitchLimits } from './switch-limits.ts'

/** What the load needs, over all nodes. */
export interface Demand {
  /** Calls per second at the peak; NaN where it is not known. */
  readonly rate: number
  /** Calls at once. */
  readonly calls: number
}

/** The limits of the switches, looked at. */
export interface SwitchCare {
  readonly warnings: readonly string[]
  /** Puts back what was raised. */
  restore(): Promise<void>
}

/**
 * FreeSWITCH takes one off before it looks whether any are left, so one more than is used
 * (`switch_core_session_request_uuid`). What is not known is not needed.
 */
const neededOn = ({ rate, calls }: Demand, nodes: number, legs: number, reserve = 1): SwitchLimits => {
  const each = (what: number): number =>
    Number.isFinite(what) ? Math.ceil(((what * legs) / nodes) * reserve) : 0
  return { sps: rate > 0 ? each(rate) + 1 : 0, max_sessions: each(calls) }
}

/** A switch that calls itself has two sessions a call; elsewhere there may be one. */
const legsOf = ({ profile }: DialNode): number => (profile === undefined ? 1 : 2)

/** Raised limits must not be met by calls that come in bunches, or back to the same switch. */
const RESERVE = 2

const WHAT = { sps: 'sessions a second', max_sessions: 'sessions at once' } as const

const warningsFor = (name: string, limits: SwitchLimits, needed: SwitchLimits, raise: boolean): string[] =>
  shortOf(limits, needed).map(
    (limit) =>
      `${name} allows ${limits[limit]} ${WHAT[limit]} (${limit}), and this run needs ${needed[limit]}: ` +
      (raise
        ? 'raised until the end of the run'
        : 'calls beyond fail with DESTINATION_OUT_OF_ORDER; --raise-limits (raiseLimits) raises it for the run'),
  )

/** Reads the limits of the switches, says which of them are too low, and raises those where that was asked for. */
export const careForSwitches = async (
  nodes: readonly DialNode[],
  demand: Demand,
  raise: boolean,
): Promise<SwitchCare> => {
  const raised: RaisedLimits[] = []
  const restore = async (): Promise<void> => {
    await Promise.all(raised.splice(0).map((each) => each.restore()))
  }
  const careFor = async (node: DialNode): Promise<string[]> => {
    const limits = await readLimits(node.client)
    if (!limits) return []
    const needed = neededOn(demand, nodes.length, legsOf(node))
    if (raise) raised.push(await raiseLimits(node.client, limits, neededOn(demand, nodes.length, 2, RESERVE)))
    return warningsFor(node.client.name, limits, needed, raise)
  }
  try {
    return { warnings: (await Promise.all(nodes.map(careFor))).flat(), restore }
  } catch (error) {
    await restore()
    throw error
  }
}
