import { describe, expect, it } from 'vitest'
import { turn } from '../testing/promises.ts'
import fc from 'fast-check'
import { openLink } from '../../lib/link/inbound.ts'
import { rest, wake } from '../../lib/flow/awake.ts'
import { createPump, flowsWoken } from '../../lib/link/pump.ts'
import type { TransportHandlers } from '../../lib/link/transport.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { cut, recording } from '../esl/support.ts'
import { ACCEPTED, eventFrame, GREETING, response } from './peer.ts'

const event = (name: string): string => eventFrame(`Event-Name: ${name}`)

/** A link that is fed by hand, through one buffer that is wiped after each piece. */
const fedByHand = async (note: (what: string) => void, after?: () => void) => {
  let handlers: TransportHandlers | undefined
  const feed = (bytes: Buffer, sizes: readonly number[] = [bytes.length]): void => {
    for (const piece of cut(bytes, sizes)) {
      const buffer = Buffer.from(piece)
      handlers?.data(buffer)
      buffer.fill(0)
    }
  }
  const nothing = (): void => undefined
  const opening = openLink(
    (given) => {
      handlers = given
      return Promise.resolve({ peer: 'hand', write: nothing, end: nothing, destroy: nothing })
    },
    { event: ({ name }) => (note(name), after), closed: () => note('closed') },
    { clock: virtualClock() },
  )
  await turn()
  feed(Buffer.from(GREETING + ACCEPTED))
  await turn()
  return { link: await opening, feed }
}

/** A pump whose events wake a flow; `woken` is what they do beside. */
const waking = (seen: string[], woken: (name: string, flow: { wokenAt: number }) => () => void) => {
  const flow = { wokenAt: 0 }
  return createPump({
    event({ name }) {
      seen.push(name)
      wake(flow)
      return woken(name, flow)
    },
    frame: () => true,
    broken: () => undefined,
  })
}

describe('what comes on a connection', () => {
  it('is the same however it is cut into pieces', async () => {
    const { bytes, rows } = recording('f1_bgapi_jobs/conn-1.')
    const names = rows.filter((row) => !row.event.startsWith('[')).map((row) => row.event)
    const body = bytes.subarray(bytes.indexOf('accepted\n\n') + 10)
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 })
    const same = fc.asyncProperty(sizes, async (sizes) => {
      const seen: string[] = []
      const { feed } = await fedByHand((name) => void seen.push(name))
      feed(body, sizes)
      await turn()
      expect(seen).toEqual(names)
    })
    await fc.assert(same, { numRuns: 40 })
  })

  it('is looked at in order, replies and events alike', async () => {
    const seen: string[] = []
    const { link, feed } = await fedByHand((name) => void seen.push(name))
    void link.api('a').then((text) => void seen.push(text))
    void link.api('b').then((text) => void seen.push(text))
    feed(Buffer.from(event('E1') + response('a') + event('E2') + event('E3') + response('b') + event('E4')))
    await turn()
    expect(seen).toEqual(['E1', 'a', 'E2', 'E3', 'b', 'E4'])
  })

  it('waits while whom a reply woke goes on, also where that takes several promises', async () => {
    const seen: string[] = []
    const { link, feed } = await fedByHand((name) => void seen.push(name))
    const once = async (): Promise<string> => await link.api('a')
    const twice = async (): Promise<string> => await once()
    void twice().then((text) => void seen.push(text))
    feed(Buffer.from(response('woken') + event('E1')))
    await turn()
    expect(seen).toEqual(['woken', 'E1'])
  })

  it('waits while flows that an event woke go on; then comes what the event asked to be called', async () => {
    const seen: string[] = []
    const pump = waking(seen, (name) => {
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => void seen.push(`woken by ${name}`))
      return () => void seen.push(`after ${name}`)
    })
    pump.data(Buffer.from(event('E1') + event('E2')))
    await turn()
    const each = ['E1', 'E2'].flatMap((name) => [name, `woken by ${name}`, `after ${name}`])
    expect(seen).toEqual(each)
  })

  it('goes on once the flows that it woke wait again, and a turn after', async () => {
    const seen: string[] = []
    const pump = waking(seen, (_, flow) => {
      void Promise.resolve().then(() => {
        seen.push('waits')
        rest(flow)
        void Promise.resolve().then(() => void seen.push('a turn after'))
      })
      return flowsWoken
    })
    pump.data(Buffer.from(event('E1') + event('E2')))
    for (let i = 0; i < 6; i++) await Promise.resolve()
    expect(seen).toEqual(['E1', 'waits', 'a turn after', 'E2', 'waits', 'a turn after'])
  })

  it('that wakes nobody goes on in the same turn', async () => {
    const seen: string[] = []
    const { feed } = await fedByHand((name) => void seen.push(name))
    feed(Buffer.from(event('E1').repeat(1000)))
    expect(seen).toHaveLength(1000)
  })

  it('while an event is dealt with, later bytes wait their turn', async () => {
    const seen: string[] = []
    const { feed } = await fedByHand(
      (name) => {
        seen.push(name)
        wake({ wokenAt: 0 })
      },
      () => void seen.push('after'),
    )
    feed(Buffer.from(event('E1')))
    feed(Buffer.from(event('E2')))
    expect(seen).toEqual(['E1'])
    await turn()
    expect(seen).toEqual(['E1', 'after', 'E2', 'after'])
  })
})
