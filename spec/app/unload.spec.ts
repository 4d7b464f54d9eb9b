import { describe, expect, it } from 'vitest'
import type { Client } from '../../lib/service/client.ts'
import { channelEvent } from '../service/on-scripted-switch.ts'
import { withOneSession } from '../model/one-session.ts'

/** Everything that waits for something of a session. */
const waiters = (client: Client) => client.sessions.flatMap(({ state }) => state.hub.waiters)

describe('unloading an app', () => {
  it('aborts what it has running, waits for that, and then tears it down; that is no failure', () =>
    withOneSession(async ({ client, happen, failures }) => {
      const seen: string[] = []
      await client.load({
        name: 'Running',
        on: {
          async CHANNEL_PARK(sess) {
            try {
              await sess.recv('CHANNEL_BRIDGE', { timeout: 60_000 })
            } finally {
              await Promise.resolve()
              seen.push('flow over')
            }
          },
        },
        *prepost() {
          yield
          seen.push('down')
        },
      })
      await happen('CHANNEL_PARK')
      await client.unload('default')
      expect(seen).toEqual(['flow over', 'down'])
      expect([failures, waiters(client)]).toEqual([[], []])
    }))

  it('ends what its functions left behind: verbs that nobody awaits, streams, bridges', () =>
    withOneSession(async ({ client, sess, say, happen }) => {
      const ends: unknown[] = []
      await client.load({
        name: 'Leaving',
        on: {
          CHANNEL_PARK(each) {
            void each.echo({ timeout: 60_000 })
            each.recv('DTMF').catch((error: unknown) => ends.push(error))
          },
          async CHANNEL_ANSWER(each) {
            const bridge = await each.bridge({ dest: 'x@y' })
            await bridge.ended
          },
        },
      })
      await happen('CHANNEL_PARK', 'CHANNEL_ANSWER')
      await say(channelEvent('CHANNEL_BRIDGE', 'A'))
      const other = sess.recv('DTMF')
      await client.unload('default')
      expect(ends).toMatchObject([{ code: 'ABORTED' }])
      expect(waiters(client).map(({ what }) => what)).toEqual(['DTMF'])
      expect(client.counts.unseenFailures).toBe(0)
      await happen('DTMF')
      await other
    }))

  it('lets nothing of it begin any more', () =>
    withOneSession(async ({ client, happen }) => {
      let calls = 0
      const loaded = await client.load({
        name: 'Gone',
        on: { DTMF: () => calls++ },
        handle: { DTMF: () => calls++ },
      })
      await happen('DTMF')
      await Promise.all([loaded.unload(), loaded.unload()])
      await happen('DTMF')
      expect(calls).toBe(2)
    }))

  it('gives a function that does not listen 5 seconds', () =>
    withOneSession(async ({ client, clock, happen }) => {
      await client.load({ name: 'Deaf', on: { CHANNEL_PARK: () => new Promise(() => undefined) } })
      await happen('CHANNEL_PARK')
      const start = clock.now()
      await client.unload('default')
      expect(clock.now() - start).toBe(5000)
    }))

  it('refuses the later waits of a flow that goes on all the same', () =>
    withOneSession(async ({ client, happen, failures }) => {
      const errors: unknown[] = []
      await client.load({
        name: 'Stubborn',
        on: {
          async CHANNEL_PARK(sess) {
            for (const wait of [() => sess.recv('DTMF'), () => sess.answer(), () => sess.getVar('x')])
              await wait().catch((error: unknown) => errors.push(error))
          },
        },
      })
      await happen('CHANNEL_PARK')
      await client.unload('default')
      const aborted = { code: 'ABORTED', cause: 'it was unloaded' }
      expect([errors, failures]).toMatchObject([[aborted, aborted, aborted], []])
    }))
})
