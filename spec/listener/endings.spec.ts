import { describe, expect, it } from 'vitest'
import { channelEvent as event, onScriptedSwitch, type Scripted } from '../service/on-scripted-switch.ts'

/** Somebody who wants CHANNEL_HANGUP_COMPLETE, and what they were told. */
const wanting = async ({ client }: Scripted) => {
  const seen: string[] = []
  await client.load({
    name: 'Completing',
    on: {
      CHANNEL_HANGUP_COMPLETE: (sess) =>
        void seen.push(`complete, ended ${sess.state.hub.ended !== undefined}`),
      CHANNEL_DESTROY: (sess) => void seen.push(`destroy, ${sess.call.active.length} active`),
    },
  })
  return seen
}

describe('CHANNEL_HANGUP_COMPLETE and CHANNEL_DESTROY', () => {
  it('may come in either order: the session ends with the second of them', () =>
    onScriptedSwitch(async (at) => {
      const seen = await wanting(at)
      await at.say(event('CHANNEL_CREATE', 'A'), event('CHANNEL_HANGUP', 'A'), event('CHANNEL_DESTROY', 'A'))
      const late = at.client.session('A')?.recv('CHANNEL_HANGUP_COMPLETE')
      expect(at.client.countSessions()).toBe(1)
      await at.say(event('CHANNEL_HANGUP_COMPLETE', 'A'))
      expect(await late).toMatchObject({ name: 'CHANNEL_HANGUP_COMPLETE' })
      expect(seen).toEqual(['destroy, 0 active', 'complete, ended false'])
      expect([at.client.countSessions(), at.client.countCalls(), at.clock.pending]).toEqual([0, 0, 0])
    }))

  it('is not waited for for ever: a moment after CHANNEL_DESTROY the session ends without it', () =>
    onScriptedSwitch(async (at) => {
      await wanting(at)
      await at.say(event('CHANNEL_CREATE', 'A'), event('CHANNEL_HANGUP', 'A'), event('CHANNEL_DESTROY', 'A'))
      const never = at.client.session('A')?.recv('CHANNEL_HANGUP_COMPLETE')
      never?.catch(() => undefined)
      await at.clock.advance(250)
      await expect(never).rejects.toMatchObject({ code: 'HANGUP' })
      expect(at.client.countSessions()).toBe(0)
    }))

  it('ends a session at once with CHANNEL_DESTROY where nobody wants the other, or none was hung up', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'A'), event('CHANNEL_HANGUP', 'A'), event('CHANNEL_DESTROY', 'A'))
      expect(at.client.countSessions()).toBe(0)
      await wanting(at)
      await at.say(event('CHANNEL_CREATE', 'B'), event('CHANNEL_DESTROY', 'B'))
      expect(at.client.countSessions()).toBe(0)
    }))
})
