import { describe, expect, it } from 'vitest'
import { kept, outcomeOf } from '../testing/promises.ts'
import { answering, call, onEmbeddedSwitch } from './on-embedded-switch.ts'

describe('when the switch goes away', () => {
  it('everything that waits for it ends with ConnectionLostError, verbs that were in flight with InDoubtError', () =>
    onEmbeddedSwitch(
      async ({ client, sim }) => {
        const { caller } = await call(client)
        const verb = kept(caller.echo())
        // Its command is answered by then.
        await caller.getVar('x')
        const waits = {
          verb,
          recv: kept(caller.recv('DTMF', { timeout: 1e6 })),
          job: kept(client.bgapi('msleep 1000')),
          originate: kept(client.originate('x@127.0.0.1:5080')),
          api: kept(client.api('status')),
        }
        const stream = kept(caller.events('DTMF').next())
        const inFlight = { verb: kept(caller.playback('x')), ask: kept(caller.setVar('x', 'y')) }
        await sim.close()
        for (const [what, wait] of Object.entries(inFlight))
          expect(await outcomeOf(wait), what).toMatchObject({ code: 'IN_DOUBT' })
        for (const [what, wait] of Object.entries(waits))
          expect(await outcomeOf(wait), what).toMatchObject({ code: 'CONNECTION_LOST' })
        expect(await stream).toEqual({ done: true, value: undefined })
        expect(client.lost).toMatchObject({
          code: 'CONNECTION_LOST',
          cause: 'The system is being shut down.',
        })
        expect([client.connected, client.countSessions(), client.countCalls(), client.countJobs()]).toEqual([
          false,
          0,
          0,
          0,
        ])
      },
      { apps: [answering()] },
    ))

  it('calls are told of as ended, apps are told of nothing, and their tear-down still runs', () =>
    onEmbeddedSwitch(
      async ({ client, sim, failures }) => {
        const seen: string[] = []
        await client.load({
          name: 'Waiting',
          on: { CHANNEL_ANSWER: (sess) => sess.recv('DTMF') },
          *prepost() {
            yield
            seen.push('down')
          },
        })
        await call(client)
        const ended = new Promise((resolve) => client.onCallEnd(resolve))
        await sim.close()
        await ended
        await client.close()
        expect([seen, failures]).toEqual([['down'], []])
      },
      { apps: [answering()] },
    ))

  it('later commands, waits and loads say so', () =>
    onEmbeddedSwitch(
      async ({ client, sim }) => {
        const { caller } = await call(client)
        const end = kept(caller.recv('CHANNEL_BRIDGE'))
        await sim.close()
        await outcomeOf(end)
        const lost = { code: 'CONNECTION_LOST' }
        expect(await outcomeOf(client.api('status'))).toMatchObject(lost)
        expect(await outcomeOf(client.originate('x@y'))).toMatchObject(lost)
        expect(await outcomeOf(caller.recv('DTMF'))).toMatchObject(lost)
        expect(await outcomeOf(caller.answer())).toMatchObject(lost)
        const loading = client.load({ name: 'Late', on: { TALK: () => undefined } })
        expect(await outcomeOf(loading)).toMatchObject({ code: 'APP_LOAD', cause: lost })
      },
      { apps: [answering()] },
    ))
})
