import { describe, expect, test } from 'vitest'
import { holdOf } from '../../lib/dial/hold.ts'
import { createBench } from './on-embedded-switch.ts'

describe('an originator', () => {
  test('places what it was asked for, and a row for each call says so', async () => {
    const { clock, sw, client, cdrs, dialer, run, close } = await createBench()
    const originator = await dialer({ rate: 50, maxOffered: 200, duration: 1000 })
    expect(originator.state).toBe('INITIAL')
    await run(originator)
    expect(originator.state).toBe('STOPPED')
    expect(originator.summary()).toMatchObject({
      offered: 200,
      launched: 200,
      answered: 200,
      failed: 0,
      dropped: 0,
    })
    expect(cdrs).toHaveLength(200)
    expect(new Set(cdrs.map(({ call_uuid }) => call_uuid)).size).toBe(200)
    expect([sw.channels(), client.countSessions(), client.countCalls(), client.countJobs()]).toEqual([
      0, 0, 0, 0,
    ])
    await close()
    expect(clock.pending).toBe(0)
  })

  test('launches each call when it is due', async () => {
    const { clock, cdrs, dialer, run, close } = await createBench()
    const start = clock.now()
    await run(await dialer({ rate: 40, maxOffered: 80, duration: 500 }))
    const launches = cdrs.map(({ job_launch_ms: at }) => at - start).sort((a, b) => a - b)
    expect(launches.map(Math.round)).toEqual(Array.from({ length: 80 }, (_, n) => n * 25))
    expect(cdrs.every((cdr) => cdr.job_launch_ms - cdr.caller_req_originate_ms < 1)).toBe(true)
    await close()
  })

  test('holds each answered call for its duration', async () => {
    const { cdrs, dialer, run, close } = await createBench()
    await run(await dialer({ rate: 10, maxOffered: 20, duration: 3000 }))
    for (const { caller_answer_ms: answer = 0, caller_hangup_ms: hangup = 0 } of cdrs) {
      expect(hangup - answer).toBeGreaterThanOrEqual(2990)
      expect(hangup - answer).toBeLessThan(3100)
    }
    await close()
  })

  test('drops an arrival that finds the limit reached, and never puts it off', async () => {
    const { clock, cdrs, dialer, run, close } = await createBench()
    const start = clock.now()
    const originator = await dialer({ rate: 10, limit: 5, maxOffered: 50, duration: 2000 })
    const progress = await run(originator, 100)
    const { offered, launched, dropped } = originator.summary()
    expect(offered).toBe(50)
    expect(launched + dropped).toBe(50)
    expect(Math.max(...progress.map(({ active }) => active))).toBe(5)
    expect(cdrs.every((cdr) => Math.abs((cdr.job_launch_ms - start) % 100) < 1)).toBe(true)
    await close()
  })

  test.each([
    [10, 5],
    [50, 100],
    [100, 10],
  ])(
    'without a duration keeps the limit up, and drops nothing: %d calls/s, %d at once',
    async (rate, limit) => {
      const { dialer, run, close } = await createBench()
      const originator = await dialer({ rate, limit, maxOffered: 10 * limit })
      const progress = await run(originator, 100)
      expect(originator.summary()).toMatchObject({ answered: 10 * limit, dropped: 0 })
      expect(Math.max(...progress.map(({ active }) => active))).toBeGreaterThanOrEqual(limit * 0.6)
      await close()
    },
  )

  test('without a duration and a limit holds calls for 5 s', () => {
    expect(holdOf({ rate: 30, limit: Infinity, duration: undefined }, Math.random)).toEqual({
      ms: 5000,
      from: 'answer',
    })
  })

  test.each([
    ['respond', '486', 'USER_BUSY'],
    ['respond', '404', 'UNALLOCATED_NUMBER'],
    ['respond', '503', 'NORMAL_TEMPORARY_FAILURE'],
    ['hangup', 'CALL_REJECTED', 'CALL_REJECTED'],
  ])('counts a call that fails (%s %s) as failed, by its cause %s', async (app, arg, cause) => {
    const { clock, cdrs, dialer, run, close } = await createBench({ dialplan: () => [{ app, arg }] })
    const originator = await dialer({ rate: 10, maxOffered: 10 })
    await run(originator)
    expect(originator.summary()).toMatchObject({ answered: 0, failed: 10, causes: { [cause]: 10 } })
    expect(cdrs.map(({ hangup_cause }) => hangup_cause)).toEqual(Array<string>(10).fill(cause))
    await close()
    expect(clock.pending).toBe(0)
  })

  test('has a row for a call that failed before the switch made a channel', async () => {
    const { cdrs, dialer, run, close } = await createBench()
    await run(await dialer({ maxOffered: 3, profile: 'nosuch' }))
    expect(cdrs).toHaveLength(3)
    expect(cdrs[0]).toMatchObject({
      hangup_cause: 'INVALID_PROFILE',
      caller_create_ms: undefined,
      app: 'TonePlay',
    })
    await close()
  })

  test('stop lets running calls end; hupall does not', async () => {
    const { clock, dialer, run, close } = await createBench()
    const stopped = await dialer({ rate: 10, duration: 2000 })
    const first = run(stopped, 100)
    await clock.advance(1000)
    stopped.stop()
    await first
    expect(stopped.summary().durationMs).toBeGreaterThan(2500)

    const hungup = await dialer({ rate: 10, duration: 3_600_000 })
    const second = run(hungup, 100)
    await clock.advance(1000)
    await clock.run(hungup.hupall())
    await second
    expect(hungup.summary().durationMs).toBeLessThan(2000)
    expect(hungup.summary().answered).toBeGreaterThan(5)
    await close()
  })

  test('ends, with what it has, when its last node goes away', async () => {
    const { clock, sw, cdrs, dialer, run } = await createBench()
    const originator = await dialer({ rate: 10, duration: 3_600_000 })
    const running = run(originator, 100)
    await clock.advance(1000)
    await clock.run(sw.close())
    await running
    const { offered, launched, dropped } = originator.summary()
    expect(launched + dropped).toBe(offered)
    expect(cdrs).toHaveLength(launched)
    // What the switch said last is still on its way.
    await clock.run()
    expect(clock.pending).toBe(0)
  })

  test('runs once', async () => {
    const { dialer, run, close } = await createBench()
    const originator = await dialer({ maxOffered: 1, duration: 10 })
    await run(originator)
    await expect(run(originator)).rejects.toThrow(/runs once/)
    await close()
  })

  test.each([
    [{ rate: -1 }, /rate of 0 calls per second or more/],
    [{ limit: 0 }, /limit of at least 1/],
    [{ maxOffered: 0 }, /maxOffered to be at least 1/],
    [{ duration: -1 }, /duration of 0 ms or more/],
    [{ duration: Number.NaN }, /duration of 0 ms or more/],
  ])('refuses %o', async (options, message) => {
    const { dialer, close } = await createBench()
    await expect(dialer(options)).rejects.toThrow(message)
    await close()
  })
})
