import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { answering, call, ITSELF, onEmbeddedSwitch } from './on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

const options = { apps: [answering()] }

describe('a client', () => {
  it('knows its sessions, calls and jobs while they are up, and counts what has been', () =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      const job = client.originate(ITSELF)
      expect(client.countJobs()).toBe(1)
      const caller = await job
      expect([client.countSessions(), client.countCalls(), client.countJobs()]).toEqual([2, 1, 0])
      expect([client.session(caller.uuid), client.calls[0]?.first]).toEqual([caller, caller])
      await caller.hangup('USER_BUSY')
      await sleep(clock, 200)
      expect([client.countSessions(), client.countCalls(), client.sessions, client.calls]).toEqual([
        0,
        0,
        [],
        [],
      ])
      expect(client.counts).toMatchObject({ sessions: 2, answered: 2, unseenFailures: 0, appFailures: 0 })
      expect([...client.counts.causes.values()].reduce((a, b) => a + b)).toBe(2)
    }, options))

  it('gives the session that it originated, under the uuid and with the variables that were asked for', () =>
    onEmbeddedSwitch(async ({ client }) => {
      const vars = { plain: 'x', spaced: 'two words', listed: 'a,b', quoted: "it's" }
      const { caller, called } = await call(client, { uuid: 'chosen-by-us', vars, callerIdName: 'A, B & C' })
      expect(caller.uuid).toBe('chosen-by-us')
      for (const [name, value] of Object.entries(vars)) expect(caller.get(`variable_${name}`)).toBe(value)
      expect(called.get('Caller-Caller-ID-Name')).toBe('A, B & C')
    }, options))

  it('puts both legs of a call that comes back to the switch together, and gives them to the same app', () =>
    onEmbeddedSwitch(async ({ client }) => {
      await client.load(tonePlay(), { id: 'tone' })
      const { caller, called } = await call(client, { app: 'tone' })
      expect([caller.appId, called.appId]).toEqual(['tone', 'tone'])
      expect(called.call).toBe(caller.call)
      expect([caller.direction, called.direction, called.peer]).toEqual(['outbound', 'inbound', caller])
      const other = await call(client)
      expect([other.caller.appId, other.called.appId]).toEqual(['default', 'default'])
    }, options))

  it('hangs up the calls of one app, or all', () =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      await client.load(tonePlay(), { id: 'tone' })
      const tone = await call(client, { app: 'tone' })
      const [one, two] = [await call(client), await call(client)]
      await client.hupall({ app: 'tone', cause: 'USER_BUSY' })
      await sleep(clock, 200)
      expect([tone.caller.cause, tone.called.hungup, one.caller.hungup]).toEqual(['USER_BUSY', true, false])
      await client.hupall()
      await sleep(clock, 200)
      expect([one.caller.hungup, two.called.hungup, client.countSessions()]).toEqual([true, true, 0])
    }, options))

  it('runs an api, and gives its output or its error', () =>
    onEmbeddedSwitch(async ({ client }) => {
      expect(await client.api('status')).toContain('UP ')
      expect(await outcomeOf(client.api('nosuchcommand'))).toMatchObject({ code: 'API_ERROR' })
      expect(await outcomeOf(client.bgapi('uuid_kill nosuch'))).toMatchObject({ code: 'JOB_FAILED' })
    }))

  it('is told by the switch why a call failed', () =>
    onEmbeddedSwitch(
      async ({ client }) => {
        const why = async (dest: string, more = {}) => {
          const error = await outcomeOf(client.originate(dest, more))
          return (error as { reply?: string }).reply
        }
        expect(await why('busy@127.0.0.1:5080')).toBe('USER_BUSY')
        expect(await why('nobody@127.0.0.1:5080')).toBe('NO_ROUTE_DESTINATION')
        expect(await why('park@127.0.0.1:5080', { timeout: 2000 })).toBe('NO_ANSWER')
        expect(await why('x@127.0.0.1:9')).toBe('NORMAL_TEMPORARY_FAILURE')
        expect(await why('x@y', { profile: 'nosuch' })).toBe('INVALID_PROFILE')
        expect(await why('x', { gateway: 'nosuch' })).toBe('INVALID_GATEWAY')
        expect(client.countJobs()).toBe(0)
      },
      {
        sim: {
          dialplan: ({ destination }) => {
            if (destination === 'busy') return [{ app: 'respond', arg: '486' }]
            return destination === 'park' ? [{ app: 'park' }] : []
          },
        },
      },
    ))

  it('leaves its calls to the switch when it is closed', async () => {
    await onEmbeddedSwitch(async ({ client, sim }) => {
      await call(client)
      await client.close()
      expect([sim.channels(), client.connected, client.lost]).toEqual([2, false, undefined])
    }, options)
  })
})
