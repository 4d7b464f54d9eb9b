import { expect, it } from 'vitest'
import { dialString, type Destination } from '../../lib/index.ts'
import type { Session } from '../../lib/model/session.ts'
import type { OriginateOptions } from '../../lib/service/client.ts'
import { outcomeOf } from '../testing/promises.ts'
import { describeLive, onRealSwitch, type Real } from './on-real-switch.ts'

/** Values in which each delimiter of the dial string stands, and each kind of quote. */
const NASTY = [
  `it's, "x" | [y] a;b=c\\d`,
  'a:_:b',
  '  both  ',
  '<i>{j}',
  "',injected=1,x='",
  '[injected=1]',
  'é€',
] as const

const STRATEGIES = ['together', 'in turn', 'enterprise'] as const

/** Bounded, so that a form that is not understood fails here and not after a minute. */
const BOUNDED: OriginateOptions = { timeout: 15_000, profile: 'external' }

/** Who answers at the profile `capture`, by the number that was dialled. */
interface Dialling extends Real {
  readonly at: (user: string) => string
  /** Whoever has answered. */
  winner(dest: Destination, options?: OriginateOptions): Promise<string | undefined>
}

const onCapture = (context: Parameters<typeof onRealSwitch>[0], run: (at: Dialling) => Promise<void>) =>
  onRealSwitch(context, async (real) => {
    const capture = await real.profile('capture')
    const placed: Session[] = []
    try {
      await run({
        ...real,
        at: (user) => `${user}@${capture}`,
        async winner(dest, options) {
          const sess = await real.client.originate(dest, { ...BOUNDED, ...options })
          placed.push(sess)
          return sess.get('Caller-Destination-Number')
        },
      })
    } finally {
      for (const sess of placed) await sess.hangup().catch(() => undefined)
    }
  })

describeLive('the dial strings that parties make', () => {
  it('together: all ring at once, and the first to answer has the call', (context) =>
    onCapture(context, async ({ at, winner, client }) => {
      expect(await winner({ parties: [at('ring'), at('answer'), at('busy')] })).toBe('answer')
      expect(client.countJobs()).toBe(0)
    }))

  it('in turn: the next one rings when the one before has failed, or took too long', (context) =>
    onCapture(context, async ({ at, winner }) => {
      const strategy = 'in turn'
      expect(await winner({ strategy, parties: [at('busy'), at('sip_404'), at('answer')] })).toBe('answer')
      const slow = { dest: at('ring'), timeout: 1000 }
      expect(await winner({ strategy, parties: [slow, at('answer')] })).toBe('answer')
    }))

  it('enterprise: each is an originate of its own', (context) =>
    onCapture(context, async ({ at, winner }) => {
      const strategy = 'enterprise'
      expect(await winner({ strategy, parties: [at('busy'), at('ringanswer')] })).toBe('ringanswer')
    }))

  it('groups in groups: together, in turn, in enterprise', (context) =>
    onCapture(context, async ({ at, winner }) => {
      const none = { parties: [at('busy'), at('sip_404')] }
      const turns = { strategy: 'in turn' as const, parties: [none, { parties: [at('ring'), at('answer')] }] }
      expect(await winner(turns)).toBe('answer')
      expect(await winner({ strategy: 'enterprise', parties: [at('busy'), turns] })).toBe('answer')
    }))

  for (const strategy of STRATEGIES)
    it(`${strategy}: variables of all, of a group and of a party arrive as they were given`, (context) =>
      onCapture(context, async ({ at, client }) => {
        for (const value of NASTY) {
          const dest: Destination = {
            strategy,
            vars: { of_group: value },
            parties: [{ dest: at('busy') }, { dest: at('answer'), vars: { of_party: value, next: 'x' } }],
          }
          const job = client.originate(dest, { ...BOUNDED, vars: { of_all: value } })
          const sess = await outcomeOf(job)
          if (sess instanceof Error) {
            // Angle brackets are counted where variables of several originates stand.
            expect([strategy, sess.message]).toEqual(['enterprise', expect.stringMatching(/balanced/)])
            continue
          }
          const names = ['of_all', 'of_group', 'of_party', 'next', 'injected']
          const values = await Promise.all(names.map((name) => (sess as Session).getVar(name)))
          await (sess as Session).hangup()
          expect(values).toEqual([value, value, value, 'x', undefined])
        }
      }))

  it('a party that is called later has its call only where the others do not answer by then', (context) =>
    onCapture(context, async ({ at, winner }) => {
      const later = { dest: at('answer'), delay: 10_000 }
      expect(await winner({ parties: [at('ringanswer'), later] })).toBe('ringanswer')
    }))

  it('confirm: who presses the key has the call, and not who answers first', (context) =>
    onCapture(context, async ({ at, winner }) => {
      const confirm = { key: '1', file: 'silence_stream://2000' }
      expect(await winner({ confirm, parties: [at('answer'), at('press_1')] })).toBe('press_1')
    }))

  it('a gateway, a user of the directory, an extension of the dialplan, a whole dial string', (context) =>
    onCapture(context, async ({ client, winner }) => {
      expect(await winner({ dest: 'answer', gateway: 'gw1' })).toBe('answer')
      expect(await winner({ loopback: 'answer', context: 'capture' })).toMatch(/answer/)
      expect(await winner(dialString('loopback/answer/capture'))).toMatch(/answer/)
      const absent = await outcomeOf(client.originate({ user: '1000' }, BOUNDED))
      // In the directory, but nobody said there how it is dialled.
      expect(absent).toMatchObject({ code: 'JOB_FAILED', reply: 'MANDATORY_IE_MISSING' })
      const nobody = await outcomeOf(client.originate({ user: 'nosuch' }, BOUNDED))
      expect(nobody).toMatchObject({ code: 'JOB_FAILED', reply: 'SUBSCRIBER_ABSENT' })
    }))

  it('an extension of the dialplan takes the answered call', (context) =>
    onCapture(context, async ({ at, client }) => {
      const sess = await client.originate(at('answer'), { ...BOUNDED, extension: 'echo', context: 'capture' })
      await expect
        .poll(() => client.api(`uuid_getvar ${sess.uuid} current_application`), { timeout: 5000 })
        .toBe('echo')
      await sess.hangup()
    }))
})

describeLive('a bridge to several parties', () => {
  for (const strategy of STRATEGIES)
    it(`${strategy}: resolves with the leg of the one that answered, its variables as they were given`, (context) =>
      onCapture(context, async ({ at, call, client }) => {
        const { called } = await call()
        for (const value of NASTY.filter((text) => !/[<>]/.test(text))) {
          const bridge = await called.bridge({
            profile: 'external',
            strategy,
            vars: { of_all: value },
            parties: [at('busy'), { dest: at('answer'), vars: { of_party: value } }],
          })
          const leg = client.session(bridge.uuid)
          expect(leg?.get('Caller-Destination-Number')).toBe('answer')
          expect([await leg?.getVar('of_all'), await leg?.getVar('of_party')]).toEqual([value, value])
          expect([called.peer?.uuid, leg?.peer?.uuid]).toEqual([leg?.uuid, called.uuid])
          await leg?.hangup()
          await bridge.ended
        }
      }))

  it('confirm: who presses the key is bridged', (context) =>
    onCapture(context, async ({ at, call, client }) => {
      const { called } = await call()
      const confirm = { key: '1', file: 'silence_stream://2000' }
      const bridge = await called.bridge({
        profile: 'external',
        confirm,
        parties: [at('answer'), at('press_1')],
      })
      expect(client.session(bridge.uuid)?.get('Caller-Destination-Number')).toBe('press_1')
    }))
})
