import { describe, expect, it } from 'vitest'
import {
  buffer,
  combineLatestWith,
  debounce,
  flatMap,
  mergeWith,
  switchMap,
  takeUntil,
  throttle,
  timeout,
  zipWith,
} from 'ix/asynciterable/operators'
import { from } from 'ix/asynciterable'
import { withTimeout } from '../../lib/app/with-timeout.ts'
import type { EslEvent } from '../../lib/esl/event.ts'
import type { Operator } from '../../lib/flow/stream.ts'
import type { Session } from '../../lib/model/session.ts'
import { outcomeOf, turn, unhandledDuring } from '../testing/promises.ts'
import { withOneSession } from './one-session.ts'

type Digits = AsyncIterable<EslEvent<'DTMF'>>

/** Reads one item, if one comes, and leaves. */
const readOne =
  (through: (sess: Session, digits: Digits) => AsyncIterable<unknown>) =>
  async (sess: Session, digits: Digits): Promise<void> => {
    const iterator = through(sess, digits)[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.return?.()
  }

const piped = <R>(operator: Operator<EslEvent<'DTMF'>, R>) => readOne((_, digits) => operator(digits))

/** Operators that ask for an item before the reader does, or hold several sources. */
const READERS: Readonly<Record<string, (sess: Session, digits: Digits) => Promise<void>>> = {
  debounce: piped(debounce(10)),
  throttle: piped(throttle(10)),
  buffer: piped(buffer(1)),
  timeout: piped(timeout(50)),
  flatMap: piped(flatMap((event) => from([event]))),
  switchMap: piped(switchMap((event) => from([event]))),
  takeUntil: readOne((sess, digits) => takeUntil(() => sess.recv('CHANNEL_BRIDGE'))(digits)),
  zip: readOne((sess, digits) => zipWith(sess.events('CHANNEL_PARK'))(digits)),
  merge: readOne((sess, digits) => mergeWith(sess.events('CHANNEL_ANSWER'))(digits)),
  combineLatest: readOne((sess, digits) => combineLatestWith(sess.events('CHANNEL_PARK'))(digits)),
  next: async (_, digits) => {
    const stream = digits[Symbol.asyncIterator]()
    await stream.next()
    void stream.next()
  },
}

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

  it('ends when the switch goes away, and what the flow waits for next says so', () =>
    withOneSession(async ({ sess, peer, say }) => {
      const next = sess.events('DTMF').next()
      peer.destroy()
      await say()
      expect(await next).toEqual({ done: true, value: undefined })
      expect(sess.signal.reason).toMatchObject({ code: 'CONNECTION_LOST' })
      expect(await outcomeOf(sess.recv('DTMF'))).toMatchObject({ code: 'CONNECTION_LOST' })
    }))

  it('that an operator of ix reads ahead is no unhandled rejection, however it ends', async () => {
    const unhandled = await unhandledDuring(async () => {
      for (const end of ['session', 'unload', 'close', 'lost', 'timeout'] as const)
        for (const read of Object.values(READERS))
          await withOneSession(async ({ client, clock, peer, happen, say, end: endSession }) => {
            await client.load(
              withTimeout(100, {
                name: 'Reading',
                on: { CHANNEL_PARK: (sess) => read(sess, sess.events('DTMF')) },
              }),
            )
            await happen('CHANNEL_PARK', 'DTMF')
            await clock.advance(60)
            if (end === 'session') await endSession()
            else if (end === 'unload') await client.unload('default')
            else if (end === 'close') await client.close()
            else if (end === 'timeout') await clock.advance(100)
            else peer.destroy()
            await say()
            await turn()
          })
    })
    expect(unhandled).toEqual([])
  })
})
