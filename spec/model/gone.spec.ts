import { describe, expect, it } from 'vitest'
import { reply, response } from '../link/peer.ts'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { withOneSession } from './one-session.ts'

describe('a verb', () => {
  it('to a channel that is gone rejects with HangupError, the cause included, as its end comes', () =>
    withOneSession(
      async ({ sess, say, end }) => {
        const verbs = [kept(sess.answer()), kept(sess.getVar('x')), kept(sess.park())]
        const hangup = sess.hangup()
        await say()
        await end('USER_BUSY')
        for (const each of verbs)
          expect(await stateOf(each)).toMatchObject({ code: 'HANGUP', hangupCause: 'USER_BUSY' })
        expect((await hangup).name).toBe('CHANNEL_HANGUP')
      },
      {
        answer(command) {
          if (command.startsWith('api')) return response('-ERR No such channel!\n')
          return command.startsWith('sendmsg') ? reply('-ERR invalid session id [A]') : undefined
        },
      },
    ))

  it('to a channel that is gone without a word rejects with HangupError within 5 s', () =>
    withOneSession(
      async ({ sess, clock }) => {
        const start = clock.now()
        expect(await outcomeOf(sess.setVar('x', 1))).toMatchObject({ code: 'HANGUP' })
        expect(await outcomeOf(sess.hangup())).toMatchObject({ code: 'HANGUP' })
        expect(clock.now() - start).toBe(10_000)
      },
      { answer: (command) => (command.startsWith('api') ? response('-ERR No such channel!\n') : undefined) },
    ))

  it('after the end rejects with HangupError, and nothing is sent; to hang up is done already', () =>
    withOneSession(async ({ sess, commands, end }) => {
      await end()
      const { length } = commands
      const verbs = [
        sess.answer(),
        sess.playback('x'),
        sess.getVar('x'),
        sess.setVar('x', 1),
        sess.schedHangup(1000),
      ]
      for (const each of verbs) expect(await outcomeOf(each)).toMatchObject({ code: 'HANGUP', uuid: 'A' })
      expect((await sess.hangup()).name).toBe('CHANNEL_HANGUP')
      expect(commands).toHaveLength(length)
    }))
})
