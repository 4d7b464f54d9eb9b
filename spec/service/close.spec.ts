import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { noting } from '../app/noting.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { channelEvent, onScriptedSwitch } from './on-scripted-switch.ts'

describe('the end of a client', () => {
  it('tears the apps down in reverse order, each once, before it takes leave', () => {
    const seen: string[] = []
    return onScriptedSwitch(async ({ client, commands }) => {
      for (const name of ['one', 'two', 'three']) await client.load(noting(name, seen), { id: name })
      await client.unload('two')
      await client.close()
      expect(seen.slice(3)).toEqual(['two down', 'three down', 'one down'])
      expect([commands.at(-1), client.connected, client.apps]).toEqual(['exit', false, []])
    })
  })

  it('ends what still waits with AbortedError, and is no failure; to close twice is no error', () =>
    onScriptedSwitch(async ({ client, say }) => {
      await say(channelEvent('CHANNEL_CREATE', 'A'))
      const sess = client.session('A')
      const waits = [client.bgapi('status'), sess?.recv('DTMF'), sess?.echo()].map((each) =>
        kept(each as Promise<unknown>),
      )
      await say()
      await Promise.all([client.close(), client.close()])
      for (const wait of waits)
        expect(await outcomeOf(wait)).toMatchObject({ code: 'ABORTED', cause: 'the client was closed' })
      expect([client.lost, client.countSessions(), client.countJobs()]).toEqual([undefined, 0, 0])
    }))

  it('is not in the way of an app whose tear-down fails: the others go, the connection ends, the error is told', () =>
    onScriptedSwitch(async ({ client }) => {
      const seen: string[] = []
      await client.load(noting('first', seen))
      await client.load({
        name: 'Bad',
        *prepost() {
          yield
          throw new Error('disk full')
        },
      })
      const error = await outcomeOf(client.close())
      expect(String(error)).toContain('the tear-down of app Bad failed: disk full')
      expect([seen, client.connected]).toEqual([['first up', 'first down'], false])
    }))

  it('tears the apps down when connecting fails with one of them', async () => {
    const seen: string[] = []
    const bad: ClientApp = { name: 'Bad', on: {}, prepost: () => Promise.reject(new Error('bad')) }
    const failing = onScriptedSwitch(() => Promise.resolve(), { apps: [noting('first', seen), bad] })
    expect(await outcomeOf(failing)).toMatchObject({ code: 'APP_LOAD', app: 'Bad' })
    expect(seen).toEqual(['first up', 'first down'])
  })
})
