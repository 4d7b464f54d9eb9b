import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { channelEvent as event, onScriptedSwitch } from './on-scripted-switch.ts'

/** Notes the last event of each session, and when it is taken down. */
const noting = (seen: string[]): ClientApp => ({
  name: 'Noting',
  on: { CHANNEL_DESTROY: ({ uuid }) => void seen.push(uuid) },
  *prepost() {
    yield
    seen.push('taken down')
  },
})

describe('closing a client', () => {
  it('calls the apps first for what has come already: a script that waits for the end loses nothing by it', () =>
    onScriptedSwitch(async (at) => {
      const seen: string[] = []
      await at.client.load(noting(seen))
      await at.say(event('CHANNEL_CREATE', 'A'))
      const script = async (): Promise<void> => {
        await at.client.session('A')?.recv('CHANNEL_DESTROY')
        await at.client.close()
      }
      const done = script()
      await at.say(event('CHANNEL_DESTROY', 'A'))
      await done
      expect(seen).toEqual(['A', 'taken down'])
    }))
})

describe('a call', () => {
  it('tells when its last session has ended, also to who asks later', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'A'), event('CHANNEL_CREATE', 'B', { variable_call_uuid: 'A' }))
      const [call] = at.client.calls
      let over = false
      void call?.ended.then(() => (over = true))
      await at.say(event('CHANNEL_DESTROY', 'B'))
      expect(over).toBe(false)
      await at.say(event('CHANNEL_DESTROY', 'A'))
      expect(over).toBe(true)
      await call?.ended
    }))

  it('that is lost with its switch has ended, too', () =>
    onScriptedSwitch(async (at) => {
      await at.say(event('CHANNEL_CREATE', 'A'))
      const ended = at.client.calls[0]?.ended
      at.peer.end()
      await ended
      expect(at.client.countCalls()).toBe(0)
    }))
})

describe('subscribe', () => {
  it('asks the switch for events that no app needs, once', () =>
    onScriptedSwitch(
      async (at) => {
        await at.client.subscribe('DTMF', 'TALK')
        await at.client.subscribe('DTMF', 'mod_bert::in_sync')
        const asked = at.commands.filter((command) => command.startsWith('event '))
        expect(asked.slice(1)).toEqual(['event plain TALK', 'event plain CUSTOM mod_bert::in_sync'])
        expect(asked[0]).toMatch(/ NOTALK$/)
      },
      { subscribe: ['NOTALK'] },
    ))
})
