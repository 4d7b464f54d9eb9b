import { describe, expect, test } from 'vitest'
import { createBench } from './on-embedded-switch.ts'

describe('the limits of a switch', () => {
  test('that are too low are told of, with what is needed', async () => {
    const { clock, client, dialer, close } = await createBench()
    await clock.run(client.api('fsctl sps 20'))
    await clock.run(client.api('fsctl max_sessions 100'))
    const originator = await dialer({ dest: 'park@{profile}', rate: 50, duration: 2000 })
    // A switch that calls itself has two sessions a call, and one session a second is never given away.
    expect(originator.warnings).toEqual([
      expect.stringMatching(
        /allows 20 sessions a second \(sps\), and this run needs 101.*DESTINATION_OUT_OF_ORDER.*--raise-limits/,
      ),
      expect.stringMatching(/allows 100 sessions at once \(max_sessions\), and this run needs 200/),
    ])
    expect(await clock.run(client.api('fsctl sps'))).toContain(': 20')
    await close()
  })

  test('that are high enough are not', async () => {
    const { clock, client, dialer, close } = await createBench()
    await clock.run(client.api('fsctl sps 200'))
    expect((await dialer({ rate: 50, limit: 100 })).warnings).toEqual([])
    await close()
  })

  test('are raised where that was asked for, and put back at the end', async () => {
    const { clock, client, dialer, run, close } = await createBench()
    const read = async (): Promise<string[]> => [
      await clock.run(client.api('fsctl sps')),
      await clock.run(client.api('fsctl max_sessions')),
    ]
    await clock.run(client.api('fsctl sps 20'))
    await clock.run(client.api('fsctl max_sessions 50'))
    const before = await read()
    const originator = await dialer({ rate: 60, maxOffered: 120, duration: 1500, raiseLimits: true })
    expect(await read()).toEqual([expect.stringContaining(': 241'), expect.stringContaining(': 360')])
    await run(originator)
    const { answered, warnings } = originator.summary()
    expect([answered, warnings]).toEqual([120, originator.warnings])
    await clock.run(originator.close())
    expect(await read()).toEqual(before)
    // Nothing is left that would set them once more.
    await clock.run(client.api('fsctl sps 99'))
    await clock.advance(200_000)
    expect((await read())[0]).toContain(': 99')
    await close()
  })

  test('are put back by the switch itself where we are gone without a word', async () => {
    const { clock, sw, client, dialer } = await createBench()
    await clock.run(client.api('fsctl sps 20'))
    await dialer({ rate: 60, raiseLimits: true })
    const { connect } = await import('../../lib/service/connect.ts')
    const other = await clock.run(connect(sw, { clock }))
    // As long as we are there they stay as they are.
    await clock.advance(600_000)
    expect(await clock.run(other.api('fsctl sps'))).toContain(': 241')
    await clock.run(client.close())
    await clock.advance(120_000)
    expect(await clock.run(other.api('fsctl sps'))).toContain(': 20')
  })
})

describe('the originates in flight', () => {
  test('are bounded: those beyond wait, and are dropped once they are late', async () => {
    // Nobody answers: each job lasts as long as it may ring.
    const { clock, dialer, run, close } = await createBench({
      dialplan: () => [{ app: 'sleep', arg: '600000' }],
    })
    const originator = await dialer({ rate: 10, maxOffered: 50, jobs: 20, timeout: 3000 })
    const progress = await run(originator, 100)
    const { launched, droppedBy, causes, health } = originator.summary()
    expect(Math.max(...progress.map(({ launched: up, failed }) => up - failed))).toBe(20)
    expect(launched + droppedBy.late).toBe(50)
    expect(droppedBy.late).toBeGreaterThan(5)
    expect(causes).toEqual({ NO_ANSWER: launched })
    // The calls ring for longer than the bound allows for: neither the switch nor the generator has to do with it.
    expect(health).toMatchObject({
      valid: false,
      bottleneck: 'jobs',
      reasons: [
        `${droppedBy.late} of 50 arrivals came too late to be launched, ${droppedBy.late} of them for the originates in flight (--jobs) that came before`,
        expect.stringMatching(/^calls were launched late: .*, for the originates in flight/),
      ],
    })
    expect(clock.pending).toBe(0)
    await close()
  })
})
