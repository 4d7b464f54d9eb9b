import { describe, expect, it } from 'vitest'
import { channelEvent as event, onScriptedSwitch } from '../service/on-scripted-switch.ts'

describe('sleep', () => {
  it('waits by the clock of the session, and leaves no timer', () =>
    onScriptedSwitch(async ({ client, clock, say }) => {
      await say(event('CHANNEL_CREATE', 'A'))
      const before = clock.now()
      const slept = client.session('A')?.sleep(1000)
      expect(clock.pending).toBe(1)
      await clock.advance(1000)
      await slept
      expect([clock.now() - before, clock.pending]).toEqual([1000, 0])
    }))

  it('rejects with HangupError when the session ends, and is no unhandled rejection', () =>
    onScriptedSwitch(async ({ client, clock, say }) => {
      await say(event('CHANNEL_CREATE', 'A'))
      const slept = client.session('A')?.sleep(1000)
      await say(event('CHANNEL_DESTROY', 'A', { 'Hangup-Cause': 'USER_BUSY' }))
      await new Promise((resolve) => setImmediate(resolve))
      await expect(slept).rejects.toMatchObject({ code: 'HANGUP', hangupCause: 'USER_BUSY' })
      expect(clock.pending).toBe(0)
    }))

  it('can be aborted', () =>
    onScriptedSwitch(async ({ client, clock, say }) => {
      await say(event('CHANNEL_CREATE', 'A'))
      const slept = client.session('A')?.sleep(1000, { signal: AbortSignal.abort('enough') })
      await expect(slept).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' })
      expect(clock.pending).toBe(0)
    }))
})

describe('a recv that is begun now and awaited later', () => {
  it('is no unhandled rejection where the session ends in between', () =>
    onScriptedSwitch(async ({ client, say }) => {
      await say(event('CHANNEL_CREATE', 'A'))
      const later = client.session('A')?.recv('CHANNEL_BRIDGE')
      await say(event('CHANNEL_DESTROY', 'A'))
      await new Promise((resolve) => setImmediate(resolve))
      await expect(later).rejects.toMatchObject({ code: 'HANGUP' })
    }))
})
