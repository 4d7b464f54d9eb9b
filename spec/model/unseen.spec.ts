import { describe, expect, it } from 'vitest'
import { refusing } from '../service/on-scripted-switch.ts'
import { turn } from '../testing/promises.ts'
import { withOneSession } from './one-session.ts'

describe('a verb that nobody awaits', () => {
  it('is no unhandled rejection when it fails, and is counted', () =>
    withOneSession(
      async ({ client, sess, say }) => {
        const unhandled: unknown[] = []
        const note = (error: unknown): void => void unhandled.push(error)
        process.on('unhandledRejection', note)
        void sess.answer()
        void sess.getVar('x')
        void sess.setVar('x', '${y}')
        void sess.bridge()
        void sess.api('x')
        void client.api('x')
        await say()
        await turn()
        process.off('unhandledRejection', note)
        expect([unhandled, client.counts.unseenFailures]).toEqual([[], 6])
      },
      {
        answer: refusing,
      },
    ))

  it('is none when its session ends, nor when it was aborted: that is no failure', () =>
    withOneSession(async ({ client, sess, end }) => {
      const control = new AbortController()
      void sess.echo()
      void sess.echo({ signal: control.signal })
      control.abort()
      await end()
      void sess.echo()
      await turn()
      expect(client.counts.unseenFailures).toBe(0)
    }))

  it('is none when the switch goes away', () =>
    withOneSession(async ({ client, sess, peer, say }) => {
      void sess.echo()
      void client.api('status')
      void client.bgapi('status')
      peer.destroy()
      await say()
      await turn()
      expect(client.connected).toBe(false)
      expect(sess.hungup).toBe(true)
    }))
})
