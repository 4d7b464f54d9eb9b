import { describe, expect, it } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { channelEvent, onScriptedSwitch } from '../service/on-scripted-switch.ts'
import { outcomeOf } from '../testing/promises.ts'
import { reply } from '../link/peer.ts'
import { noting } from './noting.ts'

describe('loading an app', () => {
  it('sets it up with the client, its id and a log; then the switch is asked for its events', () =>
    onScriptedSwitch(async ({ client, commands }) => {
      const got: unknown[] = []
      const app: ClientApp = {
        name: 'Setup',
        on: { TALK: () => undefined },
        handle: { HEARTBEAT: () => undefined },
        subscribe: ['mod_x::y'],
        prepost({ client: given, id, log }) {
          log('set up %s', id)
          got.push(
            given.name === client.name,
            id,
            commands.some((each) => each.includes(' TALK')),
          )
          return undefined
        },
      }
      const loaded = await client.load(app, { id: 'mine' })
      expect([loaded.id, loaded.name, client.apps.map(({ id }) => id)]).toEqual(['mine', 'Setup', ['mine']])
      expect(got).toEqual([true, 'mine', false])
      expect(commands.at(-1)).toBe('event plain TALK HEARTBEAT CUSTOM mod_x::y')
    }))

  it('asks for no event that the switch sends already', () =>
    onScriptedSwitch(async ({ client, commands }) => {
      const { length } = commands
      await client.load({ name: 'Known', on: { CHANNEL_ANSWER: () => undefined } })
      expect(commands).toHaveLength(length)
    }))

  it('may load the same app twice under two ids, each with its own set-up and tear-down', () =>
    onScriptedSwitch(async ({ client, say }) => {
      const seen: string[] = []
      const app = noting('Twice', seen, {
        on: { CHANNEL_PARK: ({ uuid, appId }) => void seen.push(`${uuid} ${appId}`) },
      })
      await client.load(app, { id: 'one' })
      await client.load(app, { id: 'two' })
      const park = (uuid: string, id: string) =>
        channelEvent('CHANNEL_PARK', uuid, { variable_switchix_app: id })
      await say(channelEvent('CHANNEL_CREATE', 'A'), channelEvent('CHANNEL_CREATE', 'B'))
      await say(park('A', 'one'), park('B', 'two'))
      await client.unload('one')
      expect(seen).toEqual(['Twice up', 'Twice up', 'A one', 'B two', 'Twice down'])
      expect(client.apps.map(({ id }) => id)).toEqual(['two'])
    }))

  it('twice under one id is refused, also while the first is still loading', () =>
    onScriptedSwitch(async ({ client }) => {
      const seen: string[] = []
      const both = [client.load(noting('Same', seen)), client.load(noting('Same', seen))]
      const outcomes = await Promise.allSettled(both)
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      const error = await outcomeOf(client.load(noting('Same', seen)))
      expect(error).toMatchObject({ code: 'APP_LOAD', app: 'Same' })
      expect(String(error)).toContain('give it another name, or load it under another id')
      expect(seen).toEqual(['Same up', 'Same up', 'Same down'])
      expect(client.apps).toHaveLength(1)
    }))

  it('is all or nothing: what was set up is torn down when the switch will not send its events', () =>
    onScriptedSwitch(
      async ({ client, say }) => {
        const seen: string[] = []
        const bad = noting('Bad', seen, {
          on: { TALK: () => undefined, CHANNEL_PARK: () => void seen.push('called') },
        })
        const error = await outcomeOf(client.load(bad))
        expect(error).toMatchObject({ code: 'APP_LOAD', app: 'Bad', cause: { code: 'COMMAND_FAILED' } })
        await say(channelEvent('CHANNEL_CREATE', 'A'), channelEvent('CHANNEL_PARK', 'A'))
        expect([seen, client.apps]).toEqual([['Bad up', 'Bad down'], []])
      },
      { answer: (command) => (command.includes(' TALK') ? reply('-ERR no') : undefined) },
    ))

  it('is all or nothing: an error in its set-up leaves nothing, and is the cause', () =>
    onScriptedSwitch(async ({ client, commands }) => {
      const { length } = commands
      const cause = new Error('no disk')
      const error = await outcomeOf(
        client.load({ name: 'Bad', on: { DTMF: () => undefined }, prepost: () => Promise.reject(cause) }),
      )
      expect(error).toMatchObject({ code: 'APP_LOAD', app: 'Bad', cause })
      expect(String(error)).toContain('app Bad was not loaded: no disk')
      expect([client.apps, commands.length]).toEqual([[], length])
    }))

  it('names what is wrong with it, and the remedy', () =>
    onScriptedSwitch(async ({ client }) => {
      const wrong: (readonly [app: unknown, message: RegExp])[] = [
        [{ on: {} }, /to have a name/],
        [{ name: 'X' }, /it does nothing: expected/],
        [
          { name: 'X', on: { CHANNEL_ANSWERED: () => 0 } },
          /on has "CHANNEL_ANSWERED".*did you mean CHANNEL_ANSWER\?/,
        ],
        [{ name: 'X', handle: { HARTBEAT: () => 0 } }, /handle has "HARTBEAT".*did you mean HEARTBEAT\?/],
        [{ name: 'X', on: { DTMF: 'beep' } }, /expected on.DTMF to be a function, got string/],
        [{ name: 'X', on: {}, subscribe: ['NOPE_NOT_AT_ALL_AN_EVENT'] }, /subscribe has "NOPE/],
      ]
      for (const [app, message] of wrong) {
        const error = await outcomeOf(client.load(app as ClientApp))
        expect(error).toMatchObject({ code: 'APP_LOAD' })
        expect(String(error)).toMatch(message)
      }
    }))
})
