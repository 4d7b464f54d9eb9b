import { describe, expect, it } from 'vitest'
import { sleep } from '../../lib/clock.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import type { Session } from '../../lib/model/session.ts'
import type { Client, ClientApp } from '../../lib/service/client.ts'
import { connect, type ConnectOptions } from '../../lib/service/connect.ts'
import { simulate, type EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { virtualClock, type VirtualClock } from '../../lib/testing/virtual-clock.ts'
import { kept, outcomeOf } from '../testing/promises.ts'
import { call } from './on-embedded-switch.ts'
import { seeded } from './on-cut-off.ts'

/** What becomes of a command: the connection ends before it arrives, or before its answer does. */
type Cut = 'before it arrives' | 'before its answer'

interface Doubtful {
  readonly clock: VirtualClock
  readonly sim: EmbeddedSwitch
  readonly client: Client
  readonly failures: AppFailure[]
  /** From now on the connection ends with the first command that has this in it. */
  cutAt(text: string, cut: Cut): void
  /** What the channel of a session has begun. */
  ran(session: Session): Promise<string[]>
}

/** Runs a spec with a client whose connection ends in the middle of a command. */
const onDoubtful = async (
  run: (at: Doubtful) => Promise<void>,
  options: ConnectOptions = {},
): Promise<void> => {
  const clock = virtualClock()
  const failures: AppFailure[] = []
  let next: { text: string; cut: Cut } | undefined
  const body = async (): Promise<void> => {
    await using sim = await simulate({ seed: 1, clock, transport: 'memory' })
    const target = {
      host: 'doubtful',
      port: 8021,
      clock,
      connect: async (handlers: Parameters<EmbeddedSwitch['connect']>[0]) => {
        let deaf = false
        const transport = await sim.connect({
          data(chunk) {
            if (!deaf) handlers.data(chunk)
          },
          close: (error) => handlers.close(error),
        })
        return {
          ...transport,
          write(text: string) {
            const cut = next && text.includes(next.text) ? next.cut : undefined
            if (cut === undefined) {
              transport.write(text)
              return
            }
            next = undefined
            deaf = true
            if (cut === 'before its answer') transport.write(text)
            // The switch has read it by then, and its answer is on its way.
            clock.setTimeout(() => transport.destroy(), 2)
          },
        }
      },
    }
    await using client = await connect(target, {
      onAppError: (each) => failures.push(each),
      reconnect: { random: seeded(1) },
      ...options,
    })
    const ran = async ({ uuid }: Session): Promise<string[]> => {
      const request = JSON.stringify({ command: 'mediaStats', data: { uuid, channelData: true } })
      const { response } = JSON.parse(await client.api(`json ${request}`)) as {
        response: { channelData: { app_log: { applications: { app_name: string; app_data: string }[] } } }
      }
      return response.channelData.app_log.applications.map(
        ({ app_name, app_data }) => `${app_name} ${app_data}`,
      )
    }
    await run({ clock, sim, client, failures, ran, cutAt: (text, cut) => (next = { text, cut }) })
    await client.hupall()
    await sleep(clock, 1000)
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending, 'timers that are left').toBe(0)
}

const answering = (): ClientApp => ({
  name: 'Answering',
  on: { CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined) },
})

const CUTS: Cut[] = ['before it arrives', 'before its answer']

describe('a command that was in flight when the connection ended', () => {
  it.each(CUTS)('an application is run once, and its verb resolves: cut %s', (cut) =>
    onDoubtful(
      async ({ client, cutAt, ran, clock, failures }) => {
        const { caller } = await call(client)
        await caller.playback('test/half.wav')
        cutAt('test/short.wav', cut)
        await caller.playback('test/short.wav')
        await sleep(clock, 3000)
        expect((await ran(caller)).filter((each) => each.startsWith('playback'))).toEqual([
          'playback test/half.wav',
          'playback test/short.wav',
        ])
        expect([caller.hungup, failures]).toEqual([false, []])
      },
      { apps: [answering()] },
    ),
  )

  it.each(CUTS)('of two the same the first is not taken for the second: cut %s', (cut) =>
    onDoubtful(
      async ({ client, cutAt, ran, clock }) => {
        const { caller } = await call(client)
        await caller.playback('test/short.wav')
        cutAt('test/short.wav', cut)
        await caller.playback('test/short.wav')
        await sleep(clock, 3000)
        expect((await ran(caller)).filter((each) => each.startsWith('playback'))).toHaveLength(2)
      },
      { apps: [answering()] },
    ),
  )

  it.each(CUTS)('a variable is set: cut %s', (cut) =>
    onDoubtful(
      async ({ client, cutAt }) => {
        const { caller } = await call(client)
        cutAt('uuid_setvar', cut)
        await caller.setVar('x', 'y')
        expect(await caller.getVar('x')).toBe('y')
      },
      { apps: [answering()] },
    ),
  )

  it.each(CUTS)('a session is hung up: cut %s', (cut) =>
    onDoubtful(
      async ({ client, cutAt, sim, clock }) => {
        const { caller } = await call(client)
        cutAt('uuid_kill', cut)
        await outcomeOf(kept(caller.hangup('USER_BUSY')))
        await sleep(clock, 1000)
        expect([caller.hungup, sim.channels(), client.countSessions()]).toEqual([true, 0, 0])
      },
      { apps: [answering()] },
    ),
  )

  it.each(CUTS)('what cannot be known rejects with IN_DOUBT, and is a failure of its app: cut %s', (cut) => {
    const app: ClientApp = {
      name: 'Sending',
      on: {
        async CHANNEL_ANSWER(sess) {
          if (sess.direction === 'outbound') await sess.sendDtmf('5')
        },
      },
    }
    return onDoubtful(
      async ({ client, cutAt, clock, failures }) => {
        cutAt('uuid_send_dtmf', cut)
        const job = kept(client.originate('park@127.0.0.1:5080'))
        await sleep(clock, 10_000)
        await outcomeOf(job)
        expect(failures).toMatchObject([
          { app: 'Sending', session: job.session?.uuid, error: { code: 'IN_DOUBT' } },
        ])
        expect(client.counts.appFailures).toBe(1)
      },
      { apps: [answering(), app] },
    )
  })

  it('an application whose log the switch does not keep rejects with IN_DOUBT', () =>
    onDoubtful(
      async ({ client, cutAt }) => {
        const { caller } = await call(client)
        // A session that was only found knows nothing of what its channel did before.
        caller.state.hub.dropped = 1
        cutAt('test/short.wav', 'before it arrives')
        expect(await outcomeOf(kept(caller.playback('test/short.wav')))).toMatchObject({ code: 'IN_DOUBT' })
      },
      { apps: [answering()] },
    ))

  it('a flow that awaited it goes on after it, and its call is not left parked', () => {
    const steps: string[] = []
    const app: ClientApp = {
      name: 'Steps',
      on: {
        async CHANNEL_PARK(sess) {
          if (sess.direction !== 'inbound') return
          await sess.answer()
          await sess.playback('test/half.wav')
          steps.push('played')
          await sess.setVar('x', 'y')
          steps.push('set')
          await sess.hangup()
        },
      },
    }
    return onDoubtful(
      async ({ client, cutAt, clock, sim, failures }) => {
        cutAt('test/half.wav', 'before it arrives')
        const job = kept(client.originate('park@127.0.0.1:5080'))
        await sleep(clock, 10_000)
        await outcomeOf(job)
        expect([steps, sim.channels(), failures]).toEqual([['played', 'set'], 0, []])
      },
      { apps: [app] },
    )
  })
})

describe('where a lost connection does not come back', () => {
  it.each(CUTS)(
    'what was in flight rejects with IN_DOUBT, and is a failure of its app: cut %s',
    async (cut) => {
      const clock = virtualClock()
      const failures: AppFailure[] = []
      const app: ClientApp = {
        name: 'Playing',
        on: {
          async CHANNEL_ANSWER(sess) {
            if (sess.direction === 'outbound') await sess.playback('test/short.wav')
          },
        },
      }
      const body = async (): Promise<void> => {
        await using sim = await simulate({ seed: 1, clock, transport: 'memory' })
        const target = {
          host: 'once',
          port: 8021,
          clock,
          connect: async (handlers: Parameters<EmbeddedSwitch['connect']>[0]) => {
            const transport = await sim.connect(handlers)
            return {
              ...transport,
              write(text: string) {
                if (!text.includes('test/short.wav')) transport.write(text)
                else {
                  if (cut === 'before its answer') transport.write(text)
                  transport.destroy()
                }
              },
            }
          },
        }
        const client = await connect(target, {
          apps: [answering(), app],
          onAppError: (each) => failures.push(each),
        })
        await outcomeOf(kept(client.originate('park@127.0.0.1:5080')))
        await sleep(clock, 1000)
        expect(failures).toMatchObject([{ app: 'Playing', error: { code: 'IN_DOUBT' } }])
        await client.close()
      }
      await clock.run(body())
    },
  )
})
