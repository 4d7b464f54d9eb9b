import { describe, expect, it } from 'vitest'
import { refusing } from '../service/on-scripted-switch.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { completed, withOneSession } from './one-session.ts'

describe('a verb', () => {
  it('resolves when its own execution has ended, not another one: two playbacks in flight', () =>
    withOneSession(async ({ sess, say, lastId }) => {
      const one = sess.playback('one.wav')
      await say()
      const firstId = lastId()
      const two = sess.playback('two.wav')
      await say()
      await say(completed(lastId(), { 'Application-Response': 'FILE PLAYED' }))
      expect(await stateOf(one)).toBe('pending')
      expect((await two).get('Application-Response')).toBe('FILE PLAYED')
      await say(completed('somebody-elses'), completed(firstId))
      expect((await one).get('Application-UUID')).toBe(firstId)
    }))

  it('leaves the event that ended it to the flow', () =>
    withOneSession(async ({ sess, happen }) => {
      const answered = sess.answer()
      await happen('CHANNEL_ANSWER')
      expect(await sess.recv('CHANNEL_ANSWER')).toBe(await answered)
    }))

  it('waits for what comes after it, not for what was before', () =>
    withOneSession(async ({ sess, happen }) => {
      await happen('CHANNEL_PARK')
      const parked = sess.park()
      await happen()
      expect(await stateOf(parked)).toBe('pending')
      await happen('CHANNEL_PARK')
      expect((await parked).name).toBe('CHANNEL_PARK')
    }))

  it('keeps the order of the calls: every execution has event-lock, unless it barges in', () =>
    withOneSession(async ({ sess, commands, end }) => {
      void kept(sess.execute('sleep', '100'))
      void kept(sess.playback('x.wav', { bargeIn: true }))
      await end()
      expect(commands.slice(-2).map((each) => each.includes('event-lock: true'))).toEqual([true, false])
    }))

  it('that the switch refuses rejects with what it said', () =>
    withOneSession(
      async ({ sess }) => {
        const said = { code: 'COMMAND_FAILED', reply: '-ERR refused', uuid: 'A' }
        expect(await outcomeOf(sess.answer())).toMatchObject(said)
        expect(await outcomeOf(sess.park())).toMatchObject({ code: 'API_ERROR', reply: '-ERR refused' })
      },
      {
        answer: refusing,
      },
    ))

  it('takes a timeout and a signal', () =>
    withOneSession(async ({ sess, commands, say }) => {
      expect(await outcomeOf(sess.answer({ timeout: 100 }))).toMatchObject({ code: 'TIMEOUT' })
      const control = new AbortController()
      const echo = kept(sess.echo({ signal: control.signal }))
      await say()
      control.abort('enough')
      expect(await stateOf(echo)).toMatchObject({ code: 'ABORTED', cause: 'enough' })
      const { length } = commands
      expect(await outcomeOf(sess.answer({ signal: control.signal }))).toMatchObject({ code: 'ABORTED' })
      await say()
      expect(commands).toHaveLength(length)
    }))

  it('leaves no waiter behind, whatever became of it', () =>
    withOneSession(async ({ sess, happen, say, end }) => {
      void kept(sess.answer({ timeout: 50 }))
      void kept(sess.playback('bad ${x}'))
      const answered = sess.answer()
      await happen('CHANNEL_ANSWER')
      await answered
      await outcomeOf(sess.answer({ timeout: 100 }))
      await say()
      expect(sess.state.hub.waiters).toEqual([])
      await end()
    }))
})
