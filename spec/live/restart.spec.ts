import { expect, it, type TestContext } from 'vitest'
import { sleep, systemClock } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp, StateChange } from '../../lib/service/client.ts'
import { profileAddress } from '../../lib/service/profile.ts'
import { serve } from '../../lib/service/serve.ts'
import { channels, control, controlled, describeLive, LIVE, PASSWORD } from './on-real-switch.ts'

const CALLS = 100

const wait = (ms: number): Promise<void> => sleep(systemClock, ms)

/** What became of a service of 100 calls after something was done to its switch. */
interface After {
  readonly states: StateChange[]
  readonly sessions: readonly Session[]
  /** Flows that have ended. */
  readonly ended: () => number
  /** Has the flows that wait go on to their end. */
  finish(): Promise<void>
  countSessions(): number
}

/** Does something to the switch in the middle of 100 calls, each with a flow that waits; the service must come back. */
const amid = async (
  context: TestContext,
  run: (api: (command: string) => Promise<string>) => Promise<unknown>,
  look: (after: After) => Promise<void>,
): Promise<void> => {
  if ((await channels()) > 0) context.skip('others have calls on the switch')
  const id = `switchix-restart-${process.pid}`
  let ended = 0
  const app: ClientApp = {
    name: 'Waiting',
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound') return
        try {
          await sess.answer()
          await sess.recv('DTMF')
          await sess.hangup('USER_BUSY')
        } finally {
          ended++
        }
      },
    },
  }
  await using service = await serve([LIVE], { apps: [], password: PASSWORD, reconnect: { maxDelay: 1000 } })
  await service.load(app, { id })
  const [client] = service.clients as [(typeof service.clients)[0]]
  const states: StateChange[] = []
  client.onState((change) => states.push(change))
  const dest = `park@${await profileAddress(client, 'external')}`
  const sessions: Session[] = []
  for (let i = 0; i < CALLS; i++) {
    sessions.push(await service.originate(dest, { app: id }))
    await wait(60)
  }
  expect(client.countCalls()).toBe(CALLS)
  const back = new Promise<void>((resolve) =>
    client.onState(({ state }) => state === 'connected' && resolve()),
  )
  await run((command) => client.api(command))
  await back
  await wait(2000)
  await look({
    states,
    sessions,
    ended: () => ended,
    async finish() {
      await Promise.all(sessions.map((sess) => sess.sendDtmf('1')))
      await Promise.all(sessions.map((sess) => sess.call.ended))
    },
    countSessions: () => client.countSessions(),
  })
  // It serves on.
  const again = await service.originate(dest, { app: id })
  await again.sendDtmf('1')
  await again.call.ended
  expect(again.call.last?.cause).toBe('USER_BUSY')
  await wait(1000)
  expect([client.countSessions(), await channels()]).toEqual([0, 0])
}

const goesOn = async ({ states, sessions, ended, finish, countSessions }: After): Promise<void> => {
  expect(states.map(({ state }) => state)).toEqual(['away', 'connected'])
  expect(states[1]?.found).toEqual({ kept: 2 * CALLS, lost: 0, found: 0, restarted: false })
  expect([ended(), sessions.filter(({ hungup }) => hungup).length]).toEqual([0, 0])
  await finish()
  expect([ended(), countSessions()]).toEqual([CALLS, 0])
  expect(new Set(sessions.map(({ call }) => call.last?.cause))).toEqual(new Set(['USER_BUSY']))
}

describeLive(`a service of ${CALLS} calls`, () => {
  it('outlives a reload of mod_event_socket: every flow goes on', { timeout: 120_000 }, (context) =>
    amid(context, (api) => api('reload mod_event_socket').catch(() => ''), goesOn),
  )

  controlled(
    'outlives a switch that is killed and started again: every flow has ended',
    { timeout: 180_000 },
    (context) =>
      amid(
        context,
        () => control('restart'),
        ({ states, sessions, ended, countSessions }) => {
          expect(states.at(-1)?.found).toMatchObject({ kept: 0, lost: 2 * CALLS, restarted: true })
          expect(sessions.every(({ lost, cause }) => lost && cause === 'LOST')).toBe(true)
          expect([ended(), countSessions()]).toEqual([CALLS, 0])
          return Promise.resolve()
        },
      ),
  )

  controlled(
    'outlives a switch that stands still for a minute and a half: every flow goes on',
    { timeout: 240_000 },
    (context) =>
      amid(
        context,
        async () => {
          await control('pause')
          // The watchdog takes up to 75 s to be sure that the connection is dead.
          await wait(90_000)
          await control('continue')
        },
        goesOn,
      ),
  )
})
