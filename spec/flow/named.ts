import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { createHub, publish, type Hub } from '../../lib/flow/hub.ts'
import { type Mailbox } from '../../lib/flow/mailbox.ts'
import { receive, type Wanted } from '../../lib/flow/receive.ts'
import type { WaitOptions } from '../../lib/flow/bounds.ts'

/** What the hubs of these specs hold: a name, as events have, and a number to tell them apart. */
export interface Item {
  readonly name: string
  readonly n: number
}

export const named = (name: string): Wanted<Item> => ({
  matches: (item) => item.name === name,
  what: name,
  key: name,
})

export const passing = (matches: (item: Item) => boolean): Wanted<Item> => ({ matches, what: 'a test' })

export const anything: Wanted<Item> = { matches: () => true, what: 'anything', key: '*' }

export const recv = (box: Mailbox<Item>, name: string, options?: WaitOptions): Promise<Item> =>
  receive(box, named(name), options)

/** A hub on a clock that stands still, and a way to publish items that are numbered from 0. */
export const itemHub = () => {
  const clock = virtualClock()
  const hub: Hub<Item> = createHub(clock)
  let n = 0
  return { clock, hub, put: (...names: string[]) => names.map((name) => publish(hub, { name, n: n++ })) }
}
