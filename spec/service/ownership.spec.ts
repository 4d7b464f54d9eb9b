import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { Client } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { poolOf } from '../../lib/service/pool.ts'
import { serve } from '../../lib/service/serve.ts'
import type { EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { outcomeOf } from '../testing/promises.ts'
import { answering, call, ITSELF, onEmbeddedSwitch } from './on-embedded-switch.ts'

/** Another process's client of the same switch. */
const another = async (sim: EmbeddedSwitch, id?: string): Promise<Client> => {
  const client = await connect(sim)
  await client.load(answering(), id === undefined ? {} : { id })
  return client
}

/** A call that somebody places by hand, with the header of an app of ours. */
const byHand = async (client: Client, vars = ''): Promise<string> =>
  (await client.api(`originate {${vars}ignore_early_media=false}sofia/external/bob@192.0.2.1 &park()`))
    .slice(4)
    .trim()

const isUp = (client: Client, uuid: string): Promise<boolean> =>
  client.api(`uuid_exists ${uuid}`).then((answer) => answer === 'true')

const sim = { calledParty: () => ({ ringAfter: 10, answerAfter: 20 }) }

describe('hanging up all', () => {
  it('of two clients with one app id hangs up its own calls: the other’s, and one placed by hand, stay up', () =>
    onEmbeddedSwitch(
      async ({ client: mine, sim: sw, clock }) => {
        await mine.load(answering(), { id: 'sales' })
        const theirs = await another(sw, 'sales')
        const [ours, other] = [await call(mine, { app: 'sales' }), await call(theirs, { app: 'sales' })]
        const hand = await byHand(mine, 'sip_h_X-Switchix-App=sales,')
        expect(mine.ownCalls.map(({ uuid }) => uuid)).toEqual([ours.caller.uuid])
        expect([await mine.hupall({ app: 'sales' }), await mine.hupall()]).toEqual([1, 1])
        await sleep(clock, 500)
        expect([ours.caller.hungup, ours.called.hungup]).toEqual([true, true])
        expect([other.caller.hungup, other.called.hungup]).toEqual([false, false])
        expect(await isUp(mine, hand)).toBe(true)
        expect(await mine.hupall()).toBe(0)
        await theirs.close()
      },
      { sim },
    ))

  it('leaves calls alone that no app of this client was given, whatever the id: none, an empty one, one with blanks', () =>
    onEmbeddedSwitch(async ({ client: mine, sim: sw, clock, failures }) => {
      const theirs = await another(sw)
      const { caller, called } = await call(theirs)
      expect(await outcomeOf(mine.load(answering(), { id: '' }))).toMatchObject({ code: 'APP_LOAD' })
      await mine.load(answering(), { id: 'sales team' })
      for (const app of [undefined, '', 'sales team', 'sip_h_x y', 'default'])
        expect(await mine.hupall(app === undefined ? {} : { app })).toBe(0)
      await sleep(clock, 500)
      expect([caller.hungup, called.hungup, failures]).toEqual([false, false, []])
      await theirs.close()
    }))

  it('hangs up a call, too, that is being placed and has no channel yet, as it turns up', () =>
    onEmbeddedSwitch(
      async ({ client, clock }) => {
        const job = client.originate(ITSELF)
        await client.hupall()
        expect(await outcomeOf(job)).toMatchObject({ code: 'JOB_FAILED' })
        await sleep(clock, 500)
        expect(client.countSessions()).toBe(0)
      },
      { apps: [answering()] },
    ))

  it('refuses a cause that is none, for it would be read as something else', () =>
    onEmbeddedSwitch(async ({ client }) => {
      expect(await outcomeOf(client.hupall({ cause: 'USER BUSY' }))).toMatchObject({ code: 'BAD_ARGUMENT' })
    }))

  it('of an app for every call hangs up what came in and what it commands, not a leg that another controller placed', () =>
    onEmbeddedSwitch(
      async ({ client, clock, sim: sw }) => {
        const hand = await byHand(client)
        const phone = sw.call({ to: '100' })
        await phone.answered
        expect(await client.hupall()).toBe(1)
        await sleep(clock, 500)
        expect([phone.state, await isUp(client, hand)]).toEqual(['ended', true])
      },
      { apps: [answering()], sim },
    ))
})

describe('the end of a service', () => {
  it('leaves alone what `only` leaves alone: nobody is hung up, answered or waited for', () =>
    onEmbeddedSwitch(
      async ({ client: theirs, clock, sim: sw }) => {
        const load = { header: 'Caller-Destination-Number', id: 'ours' }
        const service = await serve([sw], { apps: [answering()], load, clock })
        const phones = ['ours', 'theirs'].map((to) => sw.call({ to }))
        const hand = await byHand(theirs)
        await phones[0]?.answered
        const from = clock.now()
        expect(await service.shutDown({ grace: 1000 })).toBe(1)
        expect(clock.now() - from).toBeLessThan(2000)
        await sleep(clock, 500)
        expect(phones.map(({ state }) => state)).toEqual(['ended', 'calling'])
        expect(await isUp(theirs, hand)).toBe(true)
      },
      { sim },
    ))

  it('does not wait for the calls of others', () =>
    onEmbeddedSwitch(
      async ({ client: theirs, clock, sim: sw }) => {
        const service = await serve([sw], { apps: [answering()], clock })
        await byHand(theirs)
        const from = clock.now()
        expect(await service.shutDown({ grace: 60_000 })).toBe(0)
        expect(clock.now() - from).toBeLessThan(1000)
      },
      { sim },
    ))
})

describe('a call of a pool', () => {
  it('is known on the node that its far leg comes to, and given to its app there', () =>
    onEmbeddedSwitch(
      async ({ client, sim: one, clock }) => {
        const other = await connect(one)
        const pool = poolOf([client, other])
        await pool.load(() => answering(), { id: 'sales' })
        const stranger = await another(one, 'sales')
        const caller = await client.originate(ITSELF, { app: 'sales' })
        await sleep(clock, 100)
        const far = caller.peer?.uuid ?? ''
        const apps = [client, other, stranger].map((each) => each.session(far)?.appId)
        expect(apps).toEqual(['sales', 'sales', 'default'])
        expect([client, other, stranger].map((each) => each.ownCalls.length)).toEqual([1, 1, 0])
        await pool.hupall()
        await sleep(clock, 500)
        await Promise.all([other.close(), stranger.close()])
      },
      { sim },
    ))
})
