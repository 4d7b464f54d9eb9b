import { describe, expect, it } from 'vitest'
import { kept, stateOf } from '../testing/promises.ts'
import { withOneSession } from './one-session.ts'

describe('a session as a stream', () => {
  it('gives each event from its mailbox, and ends with the session', () =>
    withOneSession(async ({ client, happen, end }) => {
      const seen: string[] = []
      await client.load({
        name: 'Streaming',
        on: {
          async CHANNEL_PARK(sess) {
            for await (const { name } of sess) seen.push(name)
            seen.push('over')
          },
        },
      })
      await happen('CHANNEL_PARK', 'CHANNEL_ANSWER', 'DTMF')
      await end()
      expect(seen).toEqual([
        'CHANNEL_PARK',
        'CHANNEL_ANSWER',
        'DTMF',
        'CHANNEL_HANGUP',
        'CHANNEL_DESTROY',
        'over',
      ])
    }))

  it('gives the events of some names; what it does not give stays for recv', () =>
    withOneSession(async ({ sess, happen, end }) => {
      const digits: string[] = []
      const reading = (async () => {
        for await (const { name } of sess.events('DTMF')) digits.push(name)
      })()
      await happen('DTMF', 'CHANNEL_ANSWER', 'DTMF')
      expect(await sess.recv('CHANNEL_ANSWER')).toMatchObject({ name: 'CHANNEL_ANSWER' })
      await end()
      await reading
      expect(digits).toEqual(['DTMF', 'DTMF'])
    }))

  it('that is left early leaves no waiter, and takes nothing more', () =>
    withOneSession(async ({ sess, happen, end }) => {
      await happen('DTMF', 'DTMF', 'DTMF')
      for await (const event of sess.events('DTMF')) {
        expect(event.name).toBe('DTMF')
        break
      }
      const stream = sess.events('DTMF')
      const items = [stream.next(), stream.next(), stream.next(), stream.next()]
      await stream.return?.()
      expect((await Promise.all(items)).map(({ done }) => done)).toEqual([false, false, true, true])
      expect([await stream.next(), sess.state.hub.waiters]).toEqual([{ done: true, value: undefined }, []])
      await end()
    }))

  it('rejects when the switch goes away', () =>
    withOneSession(async ({ sess, peer, say }) => {
      const next = kept(sess.events('DTMF').next())
      peer.destroy()
      await say()
      expect(await stateOf(next)).toMatchObject({ code: 'CONNECTION_LOST' })
    }))
})
