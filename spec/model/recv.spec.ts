import { describe, expect, it } from 'vitest'
import type { Session } from '../../lib/model/session.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { channelEvent } from '../service/on-scripted-switch.ts'
import type { EslEvent } from '../../lib/esl/event.ts'
import { withOneSession } from './one-session.ts'

describe('recv', () => {
  it('takes a name, several names, or a test; poll several names', () =>
    withOneSession(async ({ sess, happen }) => {
      await happen('CHANNEL_PARK', 'CHANNEL_ANSWER', 'CHANNEL_BRIDGE', 'DTMF')
      expect(await sess.recv('CHANNEL_BRIDGE')).toMatchObject({ name: 'CHANNEL_BRIDGE' })
      expect(await sess.recv(['DTMF', 'CHANNEL_ANSWER'])).toMatchObject({ name: 'CHANNEL_ANSWER' })
      expect(await sess.recv((event) => event.name.endsWith('PARK'))).toMatchObject({ name: 'CHANNEL_PARK' })
      expect(await sess.poll(['CHANNEL_HANGUP', 'DTMF'])).toMatchObject({ name: 'DTMF' })
    }))

  it('finds an event however late it comes: after other verbs, in another order', () =>
    withOneSession(async ({ client, say, happen, end }) => {
      const got: string[] = []
      await client.load({
        name: 'Late',
        on: {
          async CHANNEL_PARK(sess) {
            await sess.recv('CHANNEL_UNBRIDGE')
            got.push((await sess.recv('CHANNEL_BRIDGE')).name, (await sess.recv('CHANNEL_PARK')).name)
          },
        },
      })
      await happen('CHANNEL_PARK', 'CHANNEL_BRIDGE', 'CHANNEL_ANSWER')
      await say(channelEvent('CHANNEL_UNBRIDGE', 'A'))
      expect(got).toEqual(['CHANNEL_BRIDGE', 'CHANNEL_PARK'])
      await end()
    }))

  it('of a flow begins with the event that started the flow; that of the session with its creation', () =>
    withOneSession(async ({ client, sess, happen }) => {
      const flows: Session[] = []
      await client.load({ name: 'Keeping', on: { CHANNEL_ANSWER: (each) => void flows.push(each) } })
      await happen('CHANNEL_PARK', 'CHANNEL_ANSWER')
      const [flow] = flows
      expect(await flow?.recv(() => true)).toMatchObject({ name: 'CHANNEL_ANSWER' })
      expect(await sess.recv(() => true)).toMatchObject({ name: 'CHANNEL_CREATE' })
      expect([flow?.uuid, flow?.history.length, flow === sess]).toEqual(['A', 3, false])
      expect(sess.call.first).toBe(sess)
    }))

  it('of one flow does not steal from another: each is given every event once', () =>
    withOneSession(async ({ client, happen, end }) => {
      const got: string[] = []
      const counting = (name: string) => ({
        name,
        on: {
          async CHANNEL_PARK(sess: Session) {
            for (;;) got.push(`${name} ${(await sess.recv('DTMF')).name}`)
          },
        },
      })
      await client.load(counting('one'))
      await client.load(counting('two'))
      await happen('CHANNEL_PARK', 'DTMF', 'DTMF')
      expect(got).toEqual(['one DTMF', 'two DTMF', 'one DTMF', 'two DTMF'])
      await end()
    }))

  it('with a test says that it cannot know its names; given them, it subscribes', () =>
    withOneSession(async ({ client, sess, commands, happen, end }) => {
      const before = commands.length
      const isLoud = (event: EslEvent): boolean => event.get('X-Level') === undefined
      const named = sess.recv(isLoud, { names: ['TALK', 'NOTALK'] })
      expect(client.counts.blindWaits).toBe(0)
      const blind = outcomeOf(sess.recv(isLoud))
      expect(client.counts.blindWaits).toBe(1)
      void outcomeOf(sess.recv(isLoud, { timeout: 10 }))
      expect(client.counts.blindWaits).toBe(1)
      await happen('CHANNEL_ANSWER', 'TALK')
      expect(commands.slice(before)).toEqual(['event plain TALK', 'event plain NOTALK'])
      expect([(await named).name, await blind]).toMatchObject(['TALK', { name: 'CHANNEL_CREATE' }])
      await end()
    }))

  it('for an event that nobody subscribed to subscribes at once, once', () =>
    withOneSession(async ({ client, sess, commands, happen, say }) => {
      const before = commands.length
      const waits = [sess.recv('TALK'), sess.recv(['TALK', 'mod_x::y']), sess.recv('CHANNEL_ANSWER')]
      await happen('TALK', 'TALK', 'CHANNEL_ANSWER')
      await Promise.all(waits)
      expect(commands.slice(before)).toEqual(['event plain TALK', 'event plain CUSTOM mod_x::y'])
      await client.load({ name: 'Digits', on: { TALK: () => undefined } })
      await say()
      expect(commands.slice(before)).toHaveLength(2)
    }))

  it('for what no event is called is refused, with what may have been meant', () =>
    withOneSession(async ({ sess, commands }) => {
      const { length } = commands
      const error = await outcomeOf(sess.recv('CHANNEL_ANSWERED' as 'CHANNEL_ANSWER'))
      expect(error).toMatchObject({ code: 'BAD_ARGUMENT' })
      expect(String(error)).toContain('"CHANNEL_ANSWERED"; did you mean CHANNEL_ANSWER?')
      expect(() => sess.events('DMTF' as 'DTMF')).toThrow('did you mean DTMF?')
      expect(commands).toHaveLength(length)
    }))

  it('rejects with HangupError when the session ends: the cause, the uuid, what was awaited', () =>
    withOneSession(async ({ sess, end }) => {
      const wait = kept(sess.recv(['CHANNEL_BRIDGE', 'DTMF']))
      await end('USER_BUSY')
      const ended = { code: 'HANGUP', uuid: 'A', hangupCause: 'USER_BUSY' }
      expect(await stateOf(wait)).toMatchObject({ ...ended, awaited: 'CHANNEL_BRIDGE or DTMF' })
      expect(await outcomeOf(sess.recv('DTMF'))).toMatchObject({ ...ended, awaited: 'DTMF' })
      expect(await sess.recv('CHANNEL_DESTROY')).toMatchObject({ name: 'CHANNEL_DESTROY' })
    }))

  it('takes a timeout and a signal', () =>
    withOneSession(async ({ sess, clock }) => {
      const start = clock.now()
      expect(await outcomeOf(sess.recv('DTMF', { timeout: 250 }))).toMatchObject({
        code: 'TIMEOUT',
        timeoutMs: 250,
      })
      expect(clock.now() - start).toBe(250)
      const control = new AbortController()
      const wait = kept(sess.poll(['DTMF'], { signal: control.signal }))
      control.abort()
      expect(await stateOf(wait)).toMatchObject({ code: 'ABORTED' })
    }))

  it('whose test throws rejects with that, and the connection lives on', () =>
    withOneSession(async ({ client, sess, happen }) => {
      const wait = kept(
        sess.recv(() => {
          throw new Error('bad test')
        }),
      )
      expect(await stateOf(wait)).toMatchObject({ message: 'bad test' })
      const later = kept(
        sess.recv(({ name }) => {
          if (name === 'CHANNEL_ANSWER') throw new TypeError('bad test, later')
          return false
        }),
      )
      await happen('CHANNEL_ANSWER')
      expect(await stateOf(later)).toBeInstanceOf(TypeError)
      expect([client.connected, sess.answered]).toEqual([true, true])
    }))
})
