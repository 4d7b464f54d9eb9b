import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../lib/sim/core/random.ts'
import { readFarEnd } from '../../lib/sim/far-end/read-file.ts'
import { farEnd, type FarEndScript } from '../../lib/sim/far-end/script.ts'
import { readTime, type ScriptTime } from '../../lib/sim/far-end/time.ts'
import { onSwitch, type Client } from './on-switch.ts'

const BOB = { user: 'bob', host: '192.0.2.1', port: 5060 }

const drawn = (time: ScriptTime, count = 20_000): number[] => {
  const random = createRandom(7)
  const draw = readTime(time, 'time')
  return Array.from({ length: count }, () => draw(random))
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

const deviation = (values: readonly number[]): number => {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((one) => (one - middle) ** 2)))
}

/** Dials bob, with a certain uuid, and lets some time pass. */
const dial = async (client: Client, ms: number, uuid = 'a', user = 'bob'): Promise<void> => {
  await client.send(`bgapi originate {origination_uuid=${uuid}}sofia/external/${user}@192.0.2.1 &park()`)
  await client.clock.advance(ms)
}

const names = (client: Client): string[] =>
  client
    .wire()
    .events.map(({ name }) => name)
    .filter((name) => /^(CHANNEL_(PROGRESS|ANSWER|HANGUP$|DESTROY)|DTMF)/.test(name))

const causeOf = (client: Client): string | undefined =>
  client
    .wire()
    .events.find(({ name }) => name === 'CHANNEL_HANGUP')
    ?.headers.find(([name]) => name === 'Hangup-Cause')?.[1]

const withParty = (script: FarEndScript, run: (client: Client) => Promise<void>, seed = 1): Promise<void> =>
  onSwitch(run, { calledParty: farEnd(script), seed })

describe('a time of a far end script', () => {
  it('is drawn from its distribution', () => {
    expect(drawn('1.5s', 3)).toEqual([1500, 1500, 1500])
    expect(drawn({ constant: 20 }, 2)).toEqual([20, 20])
    const uniform = drawn({ uniform: ['1s', '3s'] })
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(1000)
    expect(Math.max(...uniform)).toBeLessThan(3000)
    expect(mean(uniform)).toBeCloseTo(2000, -2)
    const exponential = drawn({ exponential: '10s' })
    expect(mean(exponential) / 10_000).toBeCloseTo(1, 1)
    expect(deviation(exponential) / 10_000).toBeCloseTo(1, 1)
    const normal = drawn({ normal: [5000, 500] })
    expect(mean(normal) / 5000).toBeCloseTo(1, 2)
    expect(deviation(normal) / 500).toBeCloseTo(1, 1)
    const logs = drawn({ lognormal: ['4s', 0.5] }).map((ms) => Math.log(ms / 4000))
    expect(mean(logs)).toBeCloseTo(0, 1)
    expect(deviation(logs)).toBeCloseTo(0.5, 1)
  })

  it('is never below 0', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(5000), fc.nat(), (middle, spread, seed) => {
        const random = createRandom(seed)
        expect(readTime({ normal: [middle, spread] }, 'time')(random)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('a far end', () => {
  it('rings, answers, presses keys and hangs up, each in its time', () =>
    withParty(
      { ring: 200, answer: '2s', digits: { send: '12#', after: '1s' }, hangup: '5s' },
      async (client) => {
        await dial(client, 1900)
        expect(names(client)).toEqual(['CHANNEL_PROGRESS'])
        await client.clock.advance(200)
        expect(names(client).at(-1)).toBe('CHANNEL_ANSWER')
        await client.clock.advance(2000)
        expect(names(client).filter((name) => name === 'DTMF')).toHaveLength(3)
        await client.clock.advance(3500)
        expect(names(client).slice(-2)).toEqual(['CHANNEL_HANGUP', 'CHANNEL_DESTROY'])
        expect(causeOf(client)).toBe('NORMAL_CLEARING')
      },
    ))

  it.each([
    [{ busy: true }, 'USER_BUSY'],
    [{ ring: 10, busy: '1s' }, 'USER_BUSY'],
    [{ reject: 603 }, 'CALL_REJECTED'],
    [{ reject: { status: 404, after: '1s' } }, 'UNALLOCATED_NUMBER'],
    [{ ring: 10 }, 'NO_ANSWER'],
  ] as const)('that does %j fails with %s', (script, cause) =>
    withParty(script, async (client) => {
      await dial(client, 70_000)
      expect(causeOf(client)).toBe(cause)
      expect(client.sim.channels()).toBe(0)
    }),
  )

  it('has early media before it answers', () =>
    withParty({ early: 50, answer: 500 }, async (client) => {
      await dial(client, 1000)
      expect(names(client)).toEqual(['CHANNEL_PROGRESS_MEDIA', 'CHANNEL_ANSWER'])
    }))

  it.each([
    ['both', true, 3],
    ['sends', true, 3],
    ['hears', false, 0],
    ['none', false, 0],
  ] as const)('whose audio is %s is heard: %s', (audio, heard, keys) =>
    withParty(
      { answer: 10, says: 'tone_stream://%(400,100,480,620)', digits: '123', audio },
      async (client) => {
        await dial(client, 5)
        await client.clock.advance(40)
        client.write(
          'sendmsg a\ncall-command: execute\nexecute-app-name: tone_detect\nexecute-app-arg: busy 480,620 r\n\n',
        )
        await client.clock.advance(3000)
        const { events } = client.wire()
        expect(events.some(({ name }) => name === 'DETECTED_TONE')).toBe(heard)
        expect(names(client).filter((name) => name === 'DTMF')).toHaveLength(keys)
      },
    ),
  )

  it('echoes what it hears when it says so', () =>
    withParty({ answer: 10, says: 'echo' }, async (client) => {
      await dial(client, 60)
      client.write(
        'sendmsg a\ncall-command: execute\nexecute-app-name: tone_detect\nexecute-app-arg: me 700 r\n\n',
      )
      client.write(
        'sendmsg a\ncall-command: execute\nexecute-app-name: playback\nexecute-app-arg: tone_stream://%(500,0,700)\n\n',
      )
      await client.clock.advance(1000)
      expect(client.wire().events.some(({ name }) => name === 'DETECTED_TONE')).toBe(true)
    }))

  it('is chosen by who is called, the first that fits; nobody listens anywhere else', () => {
    const party = farEnd({
      parties: [
        { to: '1*', busy: true },
        { to: '*@192.0.2.1', answer: 5 },
        { to: 'carol@*:5070', answer: 7 },
      ],
    })
    const random = createRandom(1)
    expect(party({ ...BOB, user: '1234' }, random)?.reject?.status).toBe(486)
    expect(party(BOB, random)?.answerAfter).toBe(5)
    expect(party({ user: 'carol', host: '192.0.2.9', port: 5070 }, random)?.answerAfter).toBe(7)
    expect(party({ user: 'carol', host: '192.0.2.9', port: 5060 }, random)).toBeUndefined()
  })

  it('comes as often as its weight says, and may be weighted within', () => {
    const party = farEnd({
      weights: {
        70: { answer: 1 },
        30: {
          weights: [
            [1, { busy: true }],
            [1, { reject: 603 }],
          ],
        },
      },
    })
    const random = createRandom(5)
    const all = Array.from({ length: 20_000 }, () => party(BOB, random))
    const share = (fits: (one: (typeof all)[number]) => boolean): number =>
      all.filter(fits).length / all.length
    expect(share((one) => one?.answerAfter === 1)).toBeCloseTo(0.7, 1)
    expect(share((one) => one?.reject?.status === 486)).toBeCloseTo(0.15, 1)
    expect(share((one) => one?.reject?.status === 603)).toBeCloseTo(0.15, 1)
  })

  it('does the same in every run with the same seed, and something else with another', async () => {
    const script: FarEndScript = {
      weights: {
        60: { ring: { uniform: [10, 500] }, answer: { lognormal: ['2s', 0.5] } },
        40: { busy: '1s' },
      },
    }
    const run = async (seed: number): Promise<string> => {
      let text = ''
      await withParty(
        script,
        async (client) => {
          for (let i = 0; i < 10; i++) await dial(client, 300, `call-${i}`)
          await client.clock.advance(20_000)
          text = client.text()
        },
        seed,
      )
      return text
    }
    expect(await run(1)).toBe(await run(1))
    expect(await run(1)).not.toBe(await run(2))
  })

  it('is not asked for calls to the own profiles of the switch: those follow the dialplan', () =>
    withParty({ busy: true }, async (client) => {
      await client.send('bgapi originate sofia/external/park@127.0.0.1:5080 &park()')
      await client.clock.advance(100)
      expect(client.sim.channels()).toBe(2)
    }))

  it.each([
    [{ answr: 5 }, /script has 'answr'/],
    [{ answer: 'soon' }, /script.answer is "soon", not a time/],
    [{ answer: { uniform: [5, 1] } }, /script.answer is .* not a time/],
    [{ answer: { gamma: 1 } }, /script.answer is/],
    [{ reject: 200 }, /not a SIP status/],
    [{ digits: 'hello' }, /not keys/],
    [{ audio: 'loud' }, /not one of both/],
    [{ weights: {} }, /no weights above 0/],
    [{ weights: { lots: { busy: true } } }, /has the weight "lots"/],
    [{ parties: { to: 'x' } }, /not a list/],
    [{ parties: [{ to: 5 }] }, /not a text/],
    ['busy', /not an object/],
  ])('script %j is refused with what is wrong with it', (script, message) => {
    expect(() => farEnd(script as FarEndScript)).toThrow(message)
  })

  it('is read from JSON and YAML files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'far-end-'))
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    try {
      const random = createRandom(1)
      expect(readFarEnd(file('a.json', '{"answer": "2s"}'))(BOB, random)?.answerAfter).toBe(2000)
      const yaml = 'weights:\n  70: { answer: 1s }\n  30: { answer: 1s }\n'
      expect(readFarEnd(file('a.yaml', yaml))(BOB, random)?.answerAfter).toBe(1000)
      expect(() => readFarEnd(join(folder, 'none.yaml'))).toThrow(/cannot be read: ENOENT/)
      expect(() => readFarEnd(file('b.yaml', '{ a: [ }'))).toThrow(/cannot be read/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
