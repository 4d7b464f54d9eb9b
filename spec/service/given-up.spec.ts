import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import { callOnce } from '../../lib/service/call-once.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { answering, ITSELF, onEmbeddedSwitch, type Embedded } from './on-embedded-switch.ts'
import { reply } from '../link/peer.ts'
import { channelEvent, jobEvent, onScriptedSwitch } from './on-scripted-switch.ts'
import { onCutOff } from './on-cut-off.ts'

/** Has the switch read nothing for so long: a command that takes its time holds up those behind it. */
const stall = ({ client }: Pick<Embedded, 'client'>, ms: number): void =>
  void client.api(`msleep ${ms}`, { timeout: Infinity })

describe('an originate that the switch reads after it was given up', () => {
  it('leaves no call: what turns up is hung up at once, before it is answered', () =>
    onEmbeddedSwitch(
      async (at) => {
        const { client, sim, clock } = at
        stall(at, 40_000)
        const job = kept(client.originate(ITSELF))
        expect(await outcomeOf(job)).toMatchObject({ code: 'TIMEOUT' })
        expect([job.failed, job.unwanted, job.session, sim.channels()]).toEqual([true, true, undefined, 0])
        await job.settled()
        await sleep(clock, 1000)
        expect([job.session?.hungup, job.session?.answered]).toEqual([true, false])
        expect([sim.channels(), client.countSessions(), client.countJobs()]).toEqual([0, 0, 0])
      },
      { apps: [answering()] },
    ))

  it('is settled when the switch says that it came to nothing, and the job keeps what it said', () =>
    onEmbeddedSwitch(async (at) => {
      stall(at, 40_000)
      const job = kept(at.client.originate(ITSELF, { profile: 'nosuch' }))
      expect(await outcomeOf(job)).toMatchObject({ code: 'TIMEOUT' })
      const began = at.clock.now()
      await job.settled()
      expect(at.clock.now() - began).toBeCloseTo(10_000, -3)
      expect([job.result, job.session]).toEqual(['-ERR INVALID_PROFILE', undefined])
    }))

  it('leaves one alone that is placed anew under its uuid', () => {
    let placed = 0
    return onScriptedSwitch(
      async (at) => {
        const first = kept(at.client.originate('x@y', { uuid: 'A' }))
        expect(await outcomeOf(first)).toMatchObject({ code: 'TIMEOUT' })
        const second = kept(at.client.originate('x@y', { uuid: 'A' }))
        await at.say(jobEvent(first.uuid, '-ERR DESTINATION_OUT_OF_ORDER'))
        await at.say(channelEvent('CHANNEL_CREATE', 'A'))
        expect([first.session, second.session?.uuid]).toEqual([undefined, 'A'])
        expect(at.commands.filter((command) => command.includes('uuid_kill'))).toEqual([])
      },
      {
        commandTimeout: 1000,
        answer(command) {
          if (!command.startsWith('bgapi')) return undefined
          return ++placed === 1 ? '' : reply('+OK late') + reply('+OK')
        },
      },
    )
  })

  it('is settled, too, when its connection is gone for good', () =>
    onEmbeddedSwitch(async (at) => {
      stall(at, 40_000)
      const job = kept(at.client.originate(ITSELF))
      await outcomeOf(job)
      const settled = job.settled()
      await at.sim.close()
      await settled
      // And so is one that could not be sent at all.
      const late = kept(at.client.originate(ITSELF))
      expect(await outcomeOf(late)).toMatchObject({ code: 'CONNECTION_LOST' })
      await late.settled()
    }))

  it('is waited for by callOnce, which leaves nothing', async () => {
    const clock = virtualClock()
    const body = async (): Promise<void> => {
      await using sim = await simulate({ clock, transport: 'memory', seed: 1 })
      const stalling: ClientApp = {
        ...answering(),
        prepost(at) {
          stall(at, 32_000)
          return undefined
        },
      }
      expect(await outcomeOf(callOnce(sim, ITSELF, { app: stalling }))).toMatchObject({ code: 'TIMEOUT' })
      await sleep(clock, 60_000)
      expect(sim.channels()).toBe(0)
    }
    await clock.run(body())
    await clock.advance(0)
    expect(clock.pending).toBe(0)
  })
})

describe('an originate whose connection was cut', () => {
  it.each([
    [true, 0],
    [false, 2],
  ])('and whose call is found when it is back is hung up where it is unwanted: %s', (unwanted, left) =>
    onCutOff(
      async ({ client, wire, clock, until }) => {
        const { sim } = wire
        if (!sim) throw new Error('no switch')
        const job = kept(client.originate(ITSELF))
        // The switch has the command, and nothing of what it says comes through.
        wire.silent = true
        await sleep(clock, 100)
        wire.silent = false
        wire.sim = undefined
        wire.cut()
        expect(await outcomeOf(job)).toMatchObject({ code: 'CONNECTION_LOST' })
        job.unwanted = unwanted
        await sleep(clock, 2000)
        expect([job.session, sim.channels()]).toEqual([undefined, 2])
        wire.sim = sim
        await until('connected')
        await sleep(clock, 1000)
        expect([job.session?.hungup, sim.channels()]).toEqual([unwanted, left])
        await client.hupall()
        await sleep(clock, 1000)
      },
      { apps: [answering()] },
    ),
  )

  it('and whose session was seen before is hung up when it is back where it is unwanted', () =>
    onCutOff(async ({ client, wire, clock, until }) => {
      const { sim } = wire
      const [one, other] = [kept(client.originate(ITSELF)), kept(client.originate(ITSELF))]
      await sleep(clock, 100)
      wire.cut()
      expect(await outcomeOf(one)).toMatchObject({ code: 'CONNECTION_LOST' })
      one.unwanted = true
      await until('connected')
      await sleep(clock, 1000)
      expect([one.session?.hungup, other.session?.hungup, sim?.channels()]).toEqual([true, false, 2])
      await client.hupall()
      await sleep(clock, 1000)
    }))
})
