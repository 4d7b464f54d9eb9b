import debug from 'debug'
import { ArgumentError } from '../errors.ts'
import type { HandedOver } from './handed-over.ts'
import { BASE_EVENTS, type Subscriptions } from './subscriptions.ts'

const log = debug('switchix:subscriptions')

const refuseFilter = (): Promise<never> =>
  Promise.reject(
    new ArgumentError(
      'expected a client that has one connection: those of an outbound server have filters of their own already',
    ),
  )

/** The subscriptions of all connections, those to come included. */
export const sharedSubscriptions = (
  calls: ReadonlyMap<unknown, HandedOver>,
): Subscriptions & { readonly names: string[] } => {
  const names = new Set<string>(BASE_EVENTS)
  const add = async (more: readonly string[]): Promise<void> => {
    for (const name of more) names.add(name)
    await Promise.all(Array.from(calls.values(), ({ subscriptions }) => subscriptions.add(more)))
  }
  return {
    get names() {
      return [...names]
    },
    add,
    want: (more) => void add(more).catch((error: unknown) => log('%O', error)),
    has: (name) => names.has(name),
    renew: () => Promise.resolve(),
    filter: refuseFilter,
    unfilter: refuseFilter,
  }
}
