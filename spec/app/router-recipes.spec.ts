import { describe, expect, test } from 'vitest'
import { dialplan as nestedConditions } from '../../examples/nested-conditions.ts'
import { dialplan as recordSomeAgents } from '../../examples/record-some-agents.ts'
import { dialplan as rejectInternational } from '../../examples/reject-international.ts'
import { dialplan as timeOfDay } from '../../examples/time-of-day.ts'
import { dialplan as trunksByPrefix } from '../../examples/trunks-by-prefix.ts'
import { dialplan as unreachableMessage } from '../../examples/unreachable-message.ts'
import type { Router } from '../../lib/app/router.ts'
import { sleep } from '../../lib/clock.ts'
import type { JobError } from '../../lib/errors.ts'
import type { Session } from '../../lib/model/session.ts'
import type { OriginateOptions } from '../../lib/service/client.ts'
import type { SimulateOptions } from '../../lib/sim/simulate.ts'
import { onEmbeddedSwitch } from '../service/on-embedded-switch.ts'

interface Placed {
  /** `answered`, or the cause of the failure. */
  readonly outcome: string
  readonly caller: Session
  /** The leg that the router got. */
  readonly routed: Session
  /** What it was bridged to. */
  readonly bridged: Session | undefined
  readonly played: (string | undefined)[]
  readonly failures: unknown[]
}

/** Calls `number` once, on a switch that has this dialplan; gives what became of that within `after` ms. */
const place = async (
  app: Router,
  number: string,
  { sim, after = 1000, ...options }: OriginateOptions & { sim?: SimulateOptions; after?: number } = {},
): Promise<Placed> => {
  let placed: Placed | undefined
  await onEmbeddedSwitch(
    async ({ client, clock, failures }) => {
      await client.subscribe('PLAYBACK_START')
      const dest = number.includes('@') ? number : `${number}@127.0.0.1:5080`
      const job = client.originate(dest, options)
      const outcome = job.then(
        () => 'answered',
        (error: unknown) => (error as JobError).reply,
      )
      await sleep(clock, after)
      const caller = job.session as Session
      const { sessions } = caller.call
      const routed = sessions.find(({ direction }) => direction === 'inbound') as Session
      await caller.hangup()
      await sleep(clock, 1000)
      const played = routed.history
        .filter(({ name }) => name === 'PLAYBACK_START')
        .map((event) => event.get('Playback-File-Path'))
      const bridged = sessions.find((leg) => leg !== caller && leg.direction === 'outbound' && leg.answered)
      placed = { outcome: await outcome, caller, routed, bridged, played, failures }
      expect(client.countSessions()).toBe(0)
    },
    { apps: [app], sim: { calledParty: () => ({ answerAfter: 50 }), ...sim } },
  )
  if (!placed) throw new Error('nothing was placed')
  expect(placed.failures).toEqual([])
  return placed
}

const answeringAt = (...hosts: string[]): SimulateOptions => ({
  calledParty: ({ host }) =>
    hosts.includes(host) ? { answerAfter: 50 } : { reject: { after: 20, status: 503 } },
})

const numberOf = (leg: Session | undefined): string | undefined => leg?.get('Caller-Destination-Number')

const VIA = { proxy: '127.0.0.1:5080' }

describe('recipes: reject internationals', () => {
  test.each(['0049301234', '0112025550100'])('%s is refused with 403', async (number) => {
    const { outcome, caller, bridged } = await place(rejectInternational, `${number}@192.0.2.1:5060`, VIA)
    expect([outcome, bridged]).toEqual(['CALL_REJECTED', undefined])
    expect(caller.get('variable_proto_specific_hangup_cause')).toBe('sip:403')
  })

  test.each(['0', '12011555', '5551234'])('%s goes where it was bound for', async (number) => {
    const { outcome, bridged } = await place(rejectInternational, `${number}@192.0.2.1:5060`, VIA)
    expect([outcome, numberOf(bridged)]).toEqual(['answered', number])
  })

  test('what comes in by another profile is not for this dialplan', async () => {
    const { outcome } = await place(rejectInternational, '5551234@127.0.0.1:5060')
    expect(outcome).toBe('NO_ROUTE_DESTINATION')
  })
})

describe('recipes: trunks by prefix', () => {
  test.each([
    ['12025550100', ['192.0.2.11'], '2025550100'],
    ['12025550100', ['192.0.2.12'], '2025550100'],
    ['2345', ['192.0.2.20'], '2345'],
    ['4321', ['192.0.2.40'], '4321'],
  ])('%s goes to %s', async (number, hosts, to) => {
    const { outcome, bridged, routed } = await place(trunksByPrefix(), number, { sim: answeringAt(...hosts) })
    expect([outcome, numberOf(bridged)]).toEqual(['answered', to])
    expect(routed.call.sessions.filter((leg) => leg.answered)).toHaveLength(3)
  })

  test('the second carrier is asked only where the first fails', async () => {
    const legs = async (...hosts: string[]): Promise<number> =>
      (await place(trunksByPrefix(), '12025550100', { sim: answeringAt(...hosts) })).caller.call.sessions
        .length
    expect([await legs('192.0.2.11', '192.0.2.12'), await legs('192.0.2.12')]).toEqual([3, 4])
  })

  test.each([
    ['12025550100', 'NORMAL_CIRCUIT_CONGESTION'],
    ['2345', 'NORMAL_TEMPORARY_FAILURE'],
    ['1202555', 'NO_ROUTE_DESTINATION'],
  ])('where nobody answers, %s ends with %s', async (number, cause) => {
    expect((await place(trunksByPrefix(), number, { sim: answeringAt() })).outcome).toBe(cause)
  })
})

describe('recipes: time of day', () => {
  test.each([
    ['2026-01-05T08:00', '500'],
    ['2026-01-05T17:59', '500'],
    ['2026-01-05T18:00', '531'],
    ['2026-01-05T07:59', '531'],
    ['2026-01-04T12:00', '531'],
  ])('%s', async (time, to) => {
    const { bridged } = await place(
      timeOfDay(() => new Date(time)),
      '500',
    )
    expect(numberOf(bridged)).toBe(to)
  })
})

describe('recipes: nested conditions', () => {
  const tone = (hz: number): string => `tone_stream://%(100,0,${hz})`

  test.each([
    ['1453', 'Anybody', '100', [350, 440]],
    ['145', 'Anybody', '100', [440]],
    ['1100', 'Anybody', '100', [440, 700]],
    ['1100', 'Michael S Collins', '100', [440, 600]],
    ['502', 'Anybody', '2816', [600]],
    ['500', 'Anybody', '28160', [700]],
    ['999', 'Anybody', '100', []],
  ])('%s from %s, %s', async (number, callerIdName, callerIdNumber, heard) => {
    const placed = await place(nestedConditions, number, { callerIdName, callerIdNumber })
    expect([placed.outcome, placed.played]).toEqual(['answered', heard.map(tone)])
  })
})

describe('recipes: an unreachable message', () => {
  const app = unreachableMessage(5000, 'tone_stream://%(700,0,440)')
  const nobody: SimulateOptions = { calledParty: () => ({ ringAfter: 10 }) }

  test('nobody answers in time: the caller hears it, and is hung up', async () => {
    const { outcome, played, caller, routed } = await place(app, 'bob@192.0.2.1:5060', {
      ...VIA,
      sim: nobody,
      after: 10_000,
    })
    expect([outcome, caller.cause]).toEqual(['answered', 'NO_ANSWER'])
    expect(played).toEqual(['tone_stream://%(700,0,440)'])
    const { create = NaN, answer = NaN, hangup = NaN } = routed.times
    // The switch counts seconds of its clock.
    expect(answer - create).toBeGreaterThan(4900)
    expect(answer - create).toBeLessThan(6200)
    expect(Math.abs(hangup - answer - 1700)).toBeLessThan(200)
  })

  test('a refusal is told at once', async () => {
    const { routed, played } = await place(app, 'bob@192.0.2.1:5060', {
      ...VIA,
      sim: answeringAt(),
      after: 4000,
    })
    expect(played).toHaveLength(1)
    expect((routed.times.answer ?? NaN) - (routed.times.create ?? NaN)).toBeLessThan(200)
  })

  test('whoever answers in time is bridged, and nothing is played', async () => {
    const { bridged, played } = await place(app, 'bob@192.0.2.1:5060', VIA)
    expect([numberOf(bridged), played]).toEqual(['bob', []])
  })

  test('a caller who gives up before is no failure', async () => {
    const { outcome } = await place(app, 'bob@192.0.2.1:5060', { ...VIA, sim: nobody, after: 2000 })
    expect(outcome).toBe('NORMAL_CLEARING')
  })
})

describe('recipes: some calls are recorded', () => {
  test.each([true, false])('the caller is hidden, the call goes on, recorded: %s', async (chosen) => {
    const { bridged, routed } = await place(
      recordSomeAgents('/rec', () => chosen),
      '*675551234',
    )
    expect(numberOf(bridged)).toBe('5551234')
    expect(routed.get('variable_sip_h_Privacy')).toBe('id')
    const files = routed.history
      .filter(({ name }) => name === 'RECORD_STOP')
      .map((each) => each.get('Record-File-Path'))
    expect(files).toEqual(chosen ? [`/rec/${routed.uuid}_to_5551234.wav`] : [])
  })
})
