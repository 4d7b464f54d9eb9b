import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Transport } from '../../lib/link/transport.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { ITSELF } from './on-embedded-switch.ts'
import { onOutbound, type Outbound } from './on-outbound-server.ts'

/** Parks, answers, hangs up: that calls are still taken. */
const answering: ClientApp = {
  name: 'Answering',
  on: {
    async CHANNEL_PARK(sess) {
      await sess.answer()
      await sess.hangup('USER_BUSY')
    },
  },
}

interface Stranger {
  readonly transport: Transport
  readonly got: () => string
  readonly ended: () => boolean
}

/** Somebody who connects, answers `connect` with `reply`, and nothing else. */
const stranger = async ({ dial }: Outbound, reply?: string | Buffer): Promise<Stranger> => {
  let got = ''
  let ended = false
  const transport = await dial({
    data(chunk) {
      got += chunk.toString()
      if (reply !== undefined && chunk.toString().startsWith('connect')) transport.write(reply as string)
    },
    close: () => (ended = true),
  })
  return { transport, got: () => got, ended: () => ended }
}

/** A call is still taken, and nothing is left of anybody. */
const stillServes = async ({ caller, clock, server, sim, failures }: Outbound): Promise<void> => {
  const sess = await caller.originate(ITSELF)
  await sess.recv('CHANNEL_DESTROY')
  await sleep(clock, 1000)
  expect([server.client.countSessions(), server.client.countCalls(), sim.channels()]).toEqual([0, 0, 0])
  expect(failures).toEqual([])
}

const head = (lines: readonly string[]): string =>
  ['Content-Type: command/reply', ...lines].join('\n') + '\n\n'
const FULL = ['Socket-Mode: async', 'Control: full']

describe('a stranger at the port for calls that are handed over', () => {
  it.each([
    ['bytes that are none of the Event Socket', '\0\xff\x80 GET / HTTP/1.1\r\nHost: x\n\n'],
    [
      'a reply that claims to be longer than any',
      'Content-Type: api/response\nContent-Length: 99999999999\n\n',
    ],
    ['a length that is none', 'Content-Type: api/response\nContent-Length: -1\n\n'],
    ['a refusal', head(['Reply-Text: -ERR no'])],
    ['a channel without its uuid', head(['Reply-Text: +OK', ...FULL])],
    ['headers without an end', 'x'.repeat(5 << 20)],
  ])('who sends %s is told off, and others are served', (_, bytes) =>
    onOutbound(answering, async (at) => {
      const one = await stranger(at, bytes)
      await sleep(at.clock, 40_000)
      expect([one.ended(), at.refused.length]).toEqual([true, 1])
      await stillServes(at)
    }),
  )

  it('who says nothing at all is left after a while', () =>
    onOutbound(answering, async (at) => {
      const one = await stranger(at)
      await sleep(at.clock, 29_000)
      expect(one.ended()).toBe(false)
      await sleep(at.clock, 10_000)
      expect([one.ended(), at.refused]).toMatchObject([true, [{ code: 'TIMEOUT' }]])
      await stillServes(at)
    }))

  it('is not in the way of calls, be there a thousand of them', () =>
    onOutbound(answering, async (at) => {
      const silent = await Promise.all(Array.from({ length: 1000 }, () => stranger(at)))
      for (let i = 0; i < 1000; i++) (await stranger(at)).transport.destroy()
      await stillServes(at)
      await sleep(at.clock, 40_000)
      expect(silent.every(({ ended }) => ended())).toBe(true)
      expect(at.refused).toHaveLength(1000)
      await stillServes(at)
    }))

  it('who takes the uuid of a call that is up does it no harm', () => {
    const holding: ClientApp = { name: 'Holding', on: { CHANNEL_PARK: (sess) => sess.answer() } }
    return onOutbound(holding, async (at) => {
      const sess = await at.caller.originate(ITSELF)
      await sleep(at.clock, 100)
      const [mine] = at.server.client.sessions
      const uuid = mine?.uuid ?? ''
      const event = ['Event-Name: CHANNEL_DATA', `Unique-ID: ${uuid}`, 'Core-UUID: another', ...FULL]
      const thief = await stranger(at, head(event))
      await sleep(at.clock, 1000)
      thief.transport.write(
        `Content-Length: ${uuid.length + 41}\nContent-Type: text/event-plain\n\nEvent-Name: CHANNEL_DESTROY\nUnique-ID: ${uuid}\n\n`,
      )
      await sleep(at.clock, 1000)
      expect([mine?.state.ended, at.server.client.session(uuid) === mine]).toEqual([false, true])
      thief.transport.destroy()
      await sleep(at.clock, 1000)
      expect(mine?.state.ended).toBe(false)
      await sess.hangup()
      await sleep(at.clock, 6000)
      expect(at.server.client.countSessions()).toBe(0)
    })
  })
})

describe('the end of a service for calls that are handed over', () => {
  it('does not wait for those who have connected and say nothing', () =>
    onOutbound(answering, async (at) => {
      const one = await stranger(at)
      const before = at.clock.now()
      expect(await at.server.shutDown({ grace: 1000 })).toBe(0)
      expect(at.clock.now() - before).toBeLessThan(3000)
      expect(one.ended()).toBe(true)
    }))
})
