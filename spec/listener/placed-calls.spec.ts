import { describe, expect, it } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { sleep } from '../../lib/clock.ts'
import type { Client, ClientApp } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { createTokens } from '../../lib/service/tokens.ts'
import { createUuids } from '../../lib/service/uuids.ts'
import { systemClock } from '../../lib/clock.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { answering, call, ITSELF, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'

const APP = 'X-Switchix-App'
const CALL = 'X-Switchix-Call'

const seen = (client: Client, uuid: string | undefined): string | undefined =>
  client.session(uuid ?? '')?.appId

const quiet = (): ClientApp => ({ name: 'Quiet', on: { CHANNEL_PARK: () => undefined } })

const answers = { apps: [answering()] }

describe('the SIP headers of a call', () => {
  it('choose no app where a stranger sends them', () =>
    onEmbeddedSwitch(async ({ client, sim, clock }) => {
      await client.load(answering(), { id: 'sales' })
      const { caller } = await call(client, { app: 'sales' })
      for (const token of [undefined, caller.uuid, 'A'.repeat(22), '']) {
        const headers = { [APP]: 'sales', ...(token !== undefined && { [CALL]: token }) }
        const phone = sim.call({ to: '100', headers })
        await sleep(clock, 100)
        expect([token, seen(client, phone.uuid)]).toEqual([token, 'default'])
        expect(client.session(phone.uuid ?? '')?.call.uuid).toBe(phone.uuid)
      }
    }))

  it('attach no leg of a stranger to a call: not by its uuid, and not by a token once the call is over', () =>
    onEmbeddedSwitch(async ({ client, sim, clock }) => {
      const { caller } = await call(client)
      const token = caller.get('variable_sip_h_X-Switchix-Call') ?? ''
      expect(token).toMatch(/^[\w-]{22}$/)
      const phones = [sim.call({ to: '100', headers: { [CALL]: caller.uuid } })]
      await caller.hangup()
      await sleep(clock, 1000)
      phones.push(sim.call({ to: '100', headers: { [CALL]: token } }))
      await sleep(clock, 100)
      expect(phones.map(({ uuid }) => client.session(uuid ?? '')?.call.uuid)).toEqual(
        phones.map(({ uuid }) => uuid),
      )
      expect(caller.call.sessions).toHaveLength(2)
    }, answers))

  it('match both legs of a call that goes through a device, and give them to the app of the call', () =>
    onEmbeddedSwitch(async ({ client, clock, sim }) => {
      await client.load(tonePlay(), { id: 'tone' })
      const caller = await client.originate(ITSELF, { app: 'tone', execute: 'park' }).catch(() => undefined)
      const token = caller?.get('variable_sip_h_X-Switchix-Call') ?? ''
      // A device sends the X-headers on, and nothing else that we know the call by.
      const device = sim.call({ to: '200', headers: { [CALL]: token } })
      await sleep(clock, 100)
      const leg = client.session(device.uuid ?? '')
      expect([leg?.appId, leg?.call.uuid]).toEqual(['tone', caller?.uuid])
    }))

  it('choose the app where the author has opted in', () =>
    onEmbeddedSwitch(async ({ client, sim, clock }) => {
      await client.load(quiet(), { id: 'sales', trustAppHeader: true })
      await client.load(quiet(), { id: 'admin' })
      const phones = ['sales', 'admin'].map((id) => sim.call({ to: '100', headers: { [APP]: id } }))
      await sleep(clock, 100)
      expect(phones.map(({ uuid }) => seen(client, uuid))).toEqual(['sales', 'default'])
    }))

  it('of another client put its legs together, and choose no app of ours', () =>
    onEmbeddedSwitch(async ({ client, sim, clock }) => {
      const theirs = await connect(sim)
      for (const each of [client, theirs]) await each.load(tonePlay(), { id: 'tone' })
      const { caller, called } = await call(theirs, { app: 'tone' })
      await sleep(clock, 100)
      const [leg] = client.calls
      expect([client.calls.length, leg?.sessions.map(({ uuid }) => uuid)]).toEqual([
        1,
        [caller.uuid, called.uuid],
      ])
      expect(leg?.sessions.map(({ appId }) => appId)).toEqual(['default', 'default'])
      await theirs.close()
    }))
})

describe('tokens', () => {
  it('are 128 random bits, unless a seed settles all that lives in virtual time', () => {
    const make = (clock = systemClock, seed?: number): string[] => {
      const next = createTokens(clock, seed, createUuids(seed))
      return [next(), next()]
    }
    for (const token of [...make(), ...make(systemClock, 1)])
      expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(new Set([...make(), ...make(systemClock, 1), ...make(systemClock, 1)]).size).toBe(6)
    expect(make(virtualClock(), 1)).toEqual(make(virtualClock(), 1))
    expect(make(virtualClock(), 1)).not.toEqual(make(virtualClock(), 2))
  })
})
