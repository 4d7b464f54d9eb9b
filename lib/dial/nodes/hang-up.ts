import debug from 'debug'
import type { Clock, TimerHandle } from '../../clock.ts'
import { APP_VARIABLE } from '../../listener/registry.ts'
import type { DialApps } from '../apps.ts'
import type { DialNode } from './dial-nodes.ts'

const log = debug('switchix:dial')

export interface HangUpOptions {
  readonly nodes: readonly DialNode[]
  readonly apps: DialApps
  readonly mark: readonly [name: string, value: string]
}

/** A switch that is lost cannot be told; its calls count as over. */
const connected = (nodes: readonly DialNode[]): DialNode['client'][] =>
  nodes.map(({ client }) => client).filter((client) => client.connected)

/** Hangs up the calls of one run, those still ringing too: by its own app's id, or by the mark that they carry. */
export const hangUpRun = async ({ nodes, apps, mark }: HangUpOptions): Promise<void> => {
  const orders = hangUpCommands({ apps, mark })
  await Promise.all(connected(nodes).flatMap((client) => orders.map((order) => client.api(order))))
}

/** How long after it was told a switch is told again, in ms. */
const AGAIN = 1000

/**
 * Hangs up the calls of one run again and again, until the function that it gives is called: a switch starts an originate
 * in a thread of its own, so that its channel may come up after the `hupall` that was sent behind it.
 */
export const keepHangingUp = (options: HangUpOptions, clock: Clock): (() => void) => {
  let timer: TimerHandle | undefined
  let stopped = false
  const again = (): void => {
    if (!stopped) timer = clock.setTimeout(tell, AGAIN)
  }
  const tell = (): void => {
    hangUpRun(options)
      .catch((error: unknown) => log('hanging up: %O', error))
      .finally(again)
  }
  again()
  return () => {
    stopped = true
    clock.clearTimeout(timer)
  }
}

/**
 * The commands that hang up the calls of one run, whoever gives them, and no others: the ids of the run's own apps, and its
 * mark, are tokens that nobody else's calls carry.
 */
export const hangUpCommands = ({ apps, mark }: Pick<HangUpOptions, 'apps' | 'mark'>): string[] => {
  const matches = apps.all.map(({ own, id = '' }) => (own ? `${APP_VARIABLE} ${id}` : mark.join(' ')))
  return Array.from(new Set(matches), (each) => `hupall NORMAL_CLEARING ${each}`)
}

/** When a switch hangs up by itself what came up after we left, in seconds. */
const LATER = 60

/** How long it gets to say that it will, in ms; and where the user is in a hurry. */
export const REPLY_TIMEOUT_MS = 10_000
export const HURRIED_REPLY_TIMEOUT_MS = 2000

/**
 * Has the switches hang up the calls of one run by themselves in a minute, when we are gone. One that has said that it will
 * has read all originates that were sent before; one that has not stops reading once it finds its connection closed, which
 * is soon, and not at once.
 */
export const hangUpLater = async (
  { nodes, apps, mark }: HangUpOptions,
  timeout = REPLY_TIMEOUT_MS,
): Promise<void> => {
  const orders = hangUpCommands({ apps, mark }).map((command) => `sched_api +${LATER} none ${command}`)
  await Promise.allSettled(
    connected(nodes).flatMap((client) => orders.map((order) => client.api(order, { timeout }))),
  )
}

/** Hangs up every call that the clients of these switches have placed or taken, of this run or not. */
export const hangUpAll = async ({ nodes }: Pick<HangUpOptions, 'nodes'>): Promise<void> => {
  await Promise.all(connected(nodes).map((client) => client.hupall()))
}
