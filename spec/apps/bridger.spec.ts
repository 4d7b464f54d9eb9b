import { describe, expect, it } from 'vitest'
import { bridger, type BridgerOptions } from '../../lib/apps/bridger.ts'
import { sleep } from '../../lib/clock.ts'
import type { Session } from '../../lib/model/session.ts'
import { onEmbeddedSwitch, type Embedded } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

const CALL = 'sip_h_X-Switchix-Call'

/**
 * What is outside answers: `busy` does not. Calls to 5080 and 5060 come back to the switch, and are parked. A leg hands
 * the X-headers that it got on to the one that it is bridged to, as mod_sofia does (`sip_copy_custom_headers`).
 */
const sim = {
  dialplan: (to: { variable(name: string): string | undefined }) => [
    { app: 'export', arg: `${CALL}=${to.variable(CALL) ?? ''}` },
    { app: 'park' },
  ],
  calledParty: ({ user }: { user: string }) =>
    user === 'busy' ? { reject: { after: 100, status: 486 } } : { ringAfter: 10, answerAfter: 500 },
}

const bridging = (
  options: BridgerOptions,
  dest: string,
  run: (at: Embedded & { caller: Session }) => Promise<void>,
): Promise<void> =>
  onEmbeddedSwitch(
    async (at) => {
      const caller = await at.client.originate(dest, { proxy: '127.0.0.1:5080' })
      await run({ ...at, caller })
      await caller.hangup()
      await sleep(at.clock, 1000)
      expect([at.client.countSessions(), at.failures]).toEqual([0, []])
    },
    { apps: [bridger(options)], sim },
  )

describe('Bridger', () => {
  it('bridges to the Request-URI', () =>
    bridging({}, 'bob@192.0.2.7:5060', async ({ caller, clock }) => {
      await sleep(clock, 100)
      const [, inbound, outbound] = caller.call.sessions
      expect(inbound?.get('Bridge-B-Unique-ID')).toBe(outbound?.uuid)
      expect(outbound?.get('Caller-Destination-Number')).toBe('bob')
    }))

  it('bridges the legs of one call again and again, as its table says', () =>
    bridging(
      {
        bridges: {
          1: { dest: 'second@127.0.0.1:5060', profile: 'internal' },
          2: { dest: 'third@127.0.0.1:5080', profile: 'external' },
          3: { dest: 'bob@192.0.2.7:5060' },
        },
      },
      'first@127.0.0.1:5080',
      async ({ caller, clock }) => {
        await sleep(clock, 100)
        const { sessions } = caller.call
        expect(sessions.map(({ direction }) => direction)).toEqual([
          'outbound',
          ...['inbound', 'outbound', 'inbound', 'outbound', 'inbound', 'outbound'],
        ])
        expect(
          sessions.filter(({ direction }) => direction === 'inbound').map((leg) => leg.times.bridge),
        ).toEqual(Array(3).fill(expect.any(Number)))
        expect(sessions.at(-1)?.get('Caller-Destination-Number')).toBe('bob')
      },
    ))

  it('counts the legs of each call by themselves', () =>
    bridging({}, 'bob@192.0.2.7:5060', async ({ client }) => {
      const second = await client.originate('eve@192.0.2.7:5060', { proxy: '127.0.0.1:5080' })
      expect(second.call.sessions).toHaveLength(3)
      await second.hangup()
    }))

  it('hands a refusal on to the caller, which is no failure of the app', () =>
    onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        const outcome = await outcomeOf(client.originate('busy@192.0.2.7:5060', { proxy: '127.0.0.1:5080' }))
        expect(outcome).toMatchObject({ reply: 'USER_BUSY' })
        await sleep(clock, 1000)
        expect(failures).toEqual([])
      },
      { apps: [bridger()], sim },
    ))

  it.each([[{ bridges: { 0: 'proxy' } }], [{ bridges: { 1: 'nowhere' } }], [{ bridges: null }]])(
    'refuses a table that is none: %o',
    (options) => {
      expect(() => bridger(options as unknown as BridgerOptions)).toThrow(/expected bridges of Bridger/)
    },
  )
})
