import { randomUUID } from 'node:crypto'
import { expect, it, type TestContext } from 'vitest'
import { dialplan as nestedConditions } from '../../examples/nested-conditions.ts'
import { dialplan as recordSomeAgents } from '../../examples/record-some-agents.ts'
import { dialplan as rejectInternational } from '../../examples/reject-international.ts'
import { dialplan as timeOfDay } from '../../examples/time-of-day.ts'
import { dialplan as trunksByPrefix } from '../../examples/trunks-by-prefix.ts'
import { dialplan as unreachableMessage } from '../../examples/unreachable-message.ts'
import { bridge } from '../../lib/app/bridge-route.ts'
import { guard } from '../../lib/app/guard.ts'
import { route } from '../../lib/app/route.ts'
import { router } from '../../lib/app/router.ts'
import { bridger } from '../../lib/apps/bridger.ts'
import { proxier } from '../../lib/apps/proxier.ts'
import { sleep, systemClock } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import type { ClientApp, OriginateOptions } from '../../lib/service/client.ts'
import { answering } from '../service/on-embedded-switch.ts'
import { describeLive, onRealSwitch, type Real } from './on-real-switch.ts'

/** Where a leg came in: the dialplan is for the profile external, and internal is the world outside. */
const profileOf = (sess: Session): string | undefined => sess.get('variable_sofia_profile_name')

interface Routed extends Real {
  /** Calls `number`, by the profile external; with `to`, the Request-URI is that, and external the first hop. */
  place(
    number: string,
    options?: OriginateOptions & { to?: string },
  ): Promise<{
    outcome: string
    caller: Session
    callee: Session | undefined
    played: (string | undefined)[]
  }>
  readonly external: string
  /** Its calls are answered, unless `isSilent` says that nobody does. */
  readonly internal: string
}

const routing = (
  context: TestContext,
  make: (at: { external: string; internal: string }) => ClientApp,
  run: (at: Routed) => Promise<void>,
  outside: ClientApp = answering(),
): Promise<void> =>
  onRealSwitch(context, async (real) => {
    const id = `switchix-${randomUUID()}`
    const external = await real.profile('external')
    const internal = await real.profile('internal')
    await real.client.subscribe('PLAYBACK_START')
    const app = make({ external, internal })
    await real.client.load(
      guard((sess) => profileOf(sess) !== 'internal', app),
      { id },
    )
    await real.client.load(
      guard((sess) => profileOf(sess) === 'internal', outside),
      { id },
    )
    const place: Routed['place'] = async (number, { to, ...options } = {}) => {
      const job = real.client.originate(`${number}@${to ?? external}`, {
        app: id,
        timeout: 20_000,
        ...(to === undefined ? {} : { proxy: external }),
        ...options,
      })
      const outcome = await job.then(
        () => 'answered',
        (error: unknown) => (error as { reply: string }).reply,
      )
      await sleep(systemClock, 300)
      const caller = job.session as Session
      const { sessions } = caller.call
      const callee = sessions.find((leg) => leg.direction === 'inbound' && profileOf(leg) === 'internal')
      return {
        outcome,
        caller,
        callee,
        get played() {
          return sessions.flatMap((leg) =>
            leg.history
              .filter((event) => event.name === 'PLAYBACK_START')
              .map((event) => event.get('Playback-File-Path')),
          )
        },
      }
    }
    try {
      await run({ ...real, external, internal, place })
    } finally {
      await real.client.hupall({ app: id })
    }
    expect(real.failures).toEqual([])
  })

const numberOf = (leg: Session | undefined): string | undefined => leg?.get('Caller-Destination-Number')

describeLive('routes on a real switch', () => {
  it('Proxier bridges to the Request-URI', (context) =>
    routing(
      context,
      () => proxier(),
      async ({ place, internal }) => {
        const { outcome, callee, caller } = await place('bob', { to: internal })
        expect([outcome, numberOf(callee)]).toEqual(['answered', 'bob'])
        expect(caller.call.sessions).toHaveLength(4)
      },
    ))

  it('Bridger bridges the legs of one call again and again', (context) =>
    routing(
      context,
      ({ external, internal }) =>
        bridger({
          bridges: {
            1: { dest: `second@${external}` },
            2: { dest: `third@${external}` },
            3: { dest: `bob@${internal}`, profile: 'internal' },
          },
        }),
      async ({ place }) => {
        const { outcome, callee, caller } = await place('first')
        expect([outcome, numberOf(callee), caller.call.sessions.length]).toEqual(['answered', 'bob', 8])
      },
    ))

  it('a router takes what it has a route for, and rejects the rest', (context) =>
    routing(
      context,
      ({ internal }) => router([route('^9(?<number>\\d+)$', bridge, { dest: `$<number>@${internal}` })]),
      async ({ place }) => {
        const { outcome, callee } = await place('9123')
        expect([outcome, numberOf(callee)]).toEqual(['answered', '123'])
        expect((await place('123')).outcome).toBe('NO_ROUTE_DESTINATION')
      },
    ))

  it('recipe: internationals are rejected', (context) =>
    routing(
      context,
      () => rejectInternational,
      async ({ place, internal }) => {
        const refused = await place('0049301234', { to: internal })
        expect(refused.outcome).toBe('CALL_REJECTED')
        expect(refused.caller.get('variable_proto_specific_hangup_cause')).toBe('sip:403')
        expect((await place('5551234', { to: internal })).outcome).toBe('answered')
      },
    ))

  it('recipe: trunks by prefix, with a second carrier where the first cannot be reached', (context) =>
    routing(
      context,
      // Nobody listens there.
      ({ internal }) => trunksByPrefix(['127.0.0.1:9', internal], internal, internal),
      async ({ place }) => {
        for (const [number, to] of [
          ['12025550100', '2025550100'],
          ['2345', '2345'],
          ['4321', '4321'],
        ] as const) {
          const { outcome, callee } = await place(number)
          expect([outcome, numberOf(callee)]).toEqual(['answered', to])
        }
        expect((await place('999')).outcome).toBe('NO_ROUTE_DESTINATION')
      },
    ))

  it('recipe: trunks by prefix, where no carrier can be reached', (context) =>
    routing(
      context,
      () => trunksByPrefix(['127.0.0.1:9']),
      async ({ place }) => {
        expect((await place('12025550100')).outcome).toBe('NORMAL_CIRCUIT_CONGESTION')
      },
    ))

  it('recipe: time of day', (context) =>
    routing(
      context,
      ({ internal }) => timeOfDay(() => new Date('2026-01-04T12:00'), internal),
      async ({ place }) => {
        const { outcome, callee } = await place('500')
        expect([outcome, numberOf(callee)]).toEqual(['answered', '531'])
      },
    ))

  it('recipe: nested conditions', (context) =>
    routing(
      context,
      () => nestedConditions,
      async ({ place }) => {
        const placed = await place('1453')
        await sleep(systemClock, 300)
        expect(placed.played).toEqual(['tone_stream://%(100,0,350)', 'tone_stream://%(100,0,440)'])
      },
    ))

  it('recipe: a message where nobody answers in time', (context) =>
    routing(
      context,
      () => unreachableMessage(2000, 'tone_stream://%(500,0,440)'),
      async ({ place, internal }) => {
        const placed = await place('bob', { to: internal })
        expect(placed.outcome).toBe('answered')
        await placed.caller.call.ended
        expect([placed.caller.cause, placed.played]).toEqual(['NO_ANSWER', ['tone_stream://%(500,0,440)']])
      },
      {
        name: 'Silent',
        on: { CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.ringReady() : undefined) },
      },
    ))

  it('recipe: some calls are recorded', (context) =>
    routing(
      context,
      ({ internal }) => recordSomeAgents('/tmp', () => true, internal),
      async ({ place }) => {
        const { outcome, callee, caller } = await place('*675551234')
        expect([outcome, numberOf(callee)]).toEqual(['answered', '5551234'])
        await caller.hangup()
        await caller.call.ended
        const files = caller.call.sessions.flatMap((leg) =>
          leg.history
            .filter(({ name }) => name === 'RECORD_STOP')
            .map((event) => event.get('Record-File-Path')),
        )
        expect(files).toHaveLength(1)
        expect(files[0]).toMatch(/^\/tmp\/.*_to_5551234\.wav$/)
      },
    ))
})
