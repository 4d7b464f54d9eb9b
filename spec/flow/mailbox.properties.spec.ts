import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { endHub } from '../../lib/flow/hub.ts'
import { openMailbox, type Mailbox } from '../../lib/flow/mailbox.ts'
import { receive } from '../../lib/flow/receive.ts'
import { anything, itemHub, named, passing, type Item } from './named.ts'

/** One step of an interleaving: an event comes, or one of three flows receives. */
type Step =
  | { publish: string }
  | { box: number; by: 'name'; name: string }
  | { box: number; by: 'test'; parity: number }
  | { box: number; by: 'any' | 'watch' }
  | { box: number; by: 'timeout'; name: string }
  | { advance: number }

const name = fc.constantFrom('a', 'b', 'c')
const box = fc.nat(2)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ publish: name }) },
  { weight: 3, arbitrary: fc.record({ box, by: fc.constant('name' as const), name }) },
  fc.record({ box, by: fc.constant('test' as const), parity: fc.nat(1) }),
  fc.record({ box, by: fc.constantFrom('any' as const, 'watch' as const) }),
  fc.record({ box, by: fc.constant('timeout' as const), name }),
  fc.record({ advance: fc.nat(20) }),
)

interface Wait {
  readonly box: number
  readonly name: string | undefined
  readonly takes: boolean
  got: Item | undefined
  error: unknown
}

/** Runs the steps, then ends the hub. What is left in the log is taken afterwards, in order. */
const play = async (steps: readonly Step[]) => {
  const { clock, hub, put } = itemHub()
  const boxes = [0, 1, 2].map(() => openMailbox(hub))
  const waits: Wait[] = []
  const pending: Promise<void>[] = []
  const each = (index: number) => boxes[index] as Mailbox<Item>
  const start = (index: number, wanted: Parameters<typeof receive<Item>>[1], timeout?: number) => {
    const wait: Wait = {
      box: index,
      name: wanted.key,
      takes: wanted.takes ?? true,
      got: undefined,
      error: undefined,
    }
    waits.push(wait)
    pending.push(
      receive(each(index), wanted, { timeout }).then(
        (item) => void (wait.got = item),
        (error: unknown) => void (wait.error = error),
      ),
    )
  }
  let published = 0
  for (const one of steps) {
    if ('publish' in one) published += put(one.publish).length
    else if ('advance' in one) await clock.advance(one.advance)
    else if (one.by === 'name') start(one.box, named(one.name))
    else if (one.by === 'timeout') start(one.box, named(one.name), 10)
    else if (one.by === 'test')
      start(
        one.box,
        passing(({ n }) => n % 2 === one.parity),
      )
    else start(one.box, { ...anything, takes: one.by === 'any' })
  }
  endHub(hub, (what) => new Error(`ended: ${what}`))
  await Promise.all(pending)
  const left: Item[][] = []
  for (const each of boxes) {
    const items: Item[] = []
    for (;;) {
      const item = await receive(each, anything).catch(() => undefined)
      if (!item) break
      items.push(item)
    }
    left.push(items)
  }
  return { clock, hub, waits, left, published }
}

const numbers = (items: readonly Item[]) => items.map(({ n }) => n)

describe('any interleaving of events and receives, over several mailboxes', () => {
  it('loses no item, gives none twice to a mailbox, and settles every wait', async () => {
    const holds = fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const { clock, hub, waits, left, published } = await play(steps)
      for (const wait of waits) expect((wait.got === undefined) !== (wait.error === undefined)).toBe(true)
      for (const index of [0, 1, 2]) {
        const taken = waits
          .filter((wait) => wait.box === index && wait.takes && wait.got)
          .map(({ got }) => got as Item)
        const all = numbers([...taken, ...(left[index] ?? [])])
        expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: published }, (_, n) => n))
      }
      expect([clock.pending, hub.waiters.length]).toEqual([0, 0])
    })
    await fc.assert(holds, { numRuns: 200 })
  })

  it('keeps the order of each name, in the order of the waits for it', async () => {
    const byName = fc.oneof(
      fc.record({ publish: name }),
      fc.record({ box, by: fc.constant('name' as const), name }),
    )
    const holds = fc.asyncProperty(fc.array(byName, { maxLength: 120 }), async (steps) => {
      const { waits, left } = await play(steps)
      for (const index of [0, 1, 2])
        for (const one of ['a', 'b', 'c']) {
          const got = waits.flatMap((wait) =>
            wait.box === index && wait.name === one && wait.got ? [wait.got] : [],
          )
          const rest = (left[index] ?? []).filter((item) => item.name === one)
          const order = numbers([...got, ...rest])
          expect(order).toEqual([...order].sort((a, b) => a - b))
        }
    })
    await fc.assert(holds, { numRuns: 200 })
  })

  it('gives the oldest match in long logs too, whatever way it is asked for', async () => {
    const asked = fc.array(fc.oneof(name, fc.nat(1), fc.constant(undefined)), { maxLength: 60 })
    const holds = fc.asyncProperty(
      fc.array(name, { minLength: 40, maxLength: 200 }),
      asked,
      async (names, asks) => {
        const { hub, put } = itemHub()
        const box = openMailbox(hub)
        put(...names)
        const model = [...hub.items]
        for (const ask of asks) {
          const wanted =
            ask === undefined
              ? anything
              : typeof ask === 'string'
                ? named(ask)
                : passing(({ n }) => n % 2 === ask)
          const place = model.findIndex((item) => wanted.matches(item))
          if (place < 0) continue
          expect(await receive(box, wanted)).toBe(model.splice(place, 1)[0])
        }
      },
    )
    await fc.assert(holds, { numRuns: 100 })
  })
})
