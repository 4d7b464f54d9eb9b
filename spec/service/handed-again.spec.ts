import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { dialString } from '../../lib/esl/dial-string.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { onOutbound, type Outbound } from './on-outbound-server.ts'

const AGAIN = dialString('socket:127.0.0.1:8084 async full')

/** Places a call that the switch hands over; gives its sessions at the server once they are there. */
const handOver = async ({ caller, clock }: Pick<Outbound, 'caller' | 'clock'>): Promise<void> => {
  void kept(caller.originate('x@127.0.0.1:5080'))
  await sleep(clock, 200)
}

describe('a call that is transferred to the socket again', () => {
  it.each([0, 100, 500, 2000])(
    'is told of as parked each time, and once, %i ms after the last time',
    (pause) => {
      const parked: string[] = []
      const app: ClientApp = {
        name: 'Again',
        on: {
          async CHANNEL_PARK(sess, event) {
            if (sess.get('Call-Direction') !== 'inbound') return
            parked.push(event.get('Caller-Profile-Index'))
            if (parked.length === 1) await sess.answer()
            await sess.sleep(pause)
            if (parked.length < 4) void sess.transfer(AGAIN, { dialplan: 'inline' }).catch(() => undefined)
            else await sess.hangup()
          },
        },
      }
      return onOutbound(app, async (at) => {
        await handOver(at)
        await sleep(at.clock, 15_000)
        expect(parked).toHaveLength(4)
        expect(new Set(parked).size).toBe(4)
        expect([at.server.client.countSessions(), at.sim.channels(), at.failures]).toEqual([0, 0, []])
      })
    },
  )

  it('stays with the flow that transferred it, whose later events come once', () => {
    const answers: string[] = []
    const digits: string[] = []
    const app: ClientApp = {
      name: 'Once',
      on: {
        async CHANNEL_PARK(sess) {
          if (answers.length > 0) return
          await sess.answer()
          await sess.transfer(AGAIN, { dialplan: 'inline' }).catch(() => undefined)
        },
        CHANNEL_ANSWER: (sess) => void answers.push(sess.uuid),
        DTMF: (_, event) => void digits.push(event.get('DTMF-Digit')),
      },
    }
    return onOutbound(app, async (at) => {
      await handOver(at)
      await sleep(at.clock, 2000)
      const [sess] = at.server.client.sessions
      await at.caller.api(`uuid_recv_dtmf ${sess?.uuid} 5`)
      await sleep(at.clock, 2000)
      expect([answers.length, digits]).toEqual([1, ['5']])
      await sess?.hangup()
      await sleep(at.clock, 10_000)
    })
  })
})

describe('a call that the server of handed-over calls places', () => {
  /** Who answers what is placed. */
  const answers: ClientApp = {
    name: 'Answering',
    on: {
      CHANNEL_PARK: (sess) =>
        sess.get('Caller-Destination-Number') === 'parked' && sess.direction === 'inbound'
          ? sess.answer()
          : undefined,
    },
  }
  const places: ClientApp = {
    name: 'Idle',
    on: { CHANNEL_PARK: (sess) => void sess.answer().catch(() => undefined) },
  }

  it('resolves with its session, whose events come', () =>
    onOutbound(places, async (at) => {
      await at.caller.load(answers)
      await handOver(at)
      const placed = await at.server.client.originate('parked@127.0.0.1:5080')
      expect([placed.answered, placed.hungup]).toEqual([true, false])
      await placed.playback('test/short.wav')
      await placed.hangup('USER_BUSY')
      expect(placed.cause).toBe('USER_BUSY')
      await at.server.client.hupall()
      await sleep(at.clock, 10_000)
      expect([at.server.client.countSessions(), at.sim.channels()]).toEqual([0, 0])
    }))

  it('outlives the call over whose connection it was placed', () =>
    onOutbound(places, async (at) => {
      await at.caller.load(answers)
      await handOver(at)
      const [first] = at.server.client.sessions as [Session]
      const placed = await at.server.client.originate('parked@127.0.0.1:5080')
      await first.hangup()
      await sleep(at.clock, 20_000)
      expect([placed.hungup, at.server.client.session(placed.uuid)?.uuid]).toEqual([false, placed.uuid])
      await placed.playback('test/short.wav')
      await placed.hangup()
      await sleep(at.clock, 10_000)
      expect([placed.lost, at.server.client.countSessions(), at.sim.channels()]).toEqual([false, 0, 0])
    }))

  it('rejects with the cause of one that fails, and leaves nothing', () =>
    onOutbound(places, async (at) => {
      await at.caller.load(answers)
      await handOver(at)
      const job = kept(at.server.client.originate('parked@127.0.0.1:5080', { profile: 'nosuch' }))
      expect(await outcomeOf(job)).toMatchObject({ code: 'JOB_FAILED', reply: 'INVALID_PROFILE' })
      await at.server.client.hupall()
      await sleep(at.clock, 10_000)
      expect([at.server.client.countSessions(), at.sim.channels()]).toEqual([0, 0])
    }))
})
