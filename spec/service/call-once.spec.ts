import { expect, test } from 'vitest'
import { callOnce, type CallOnceOptions, type OneCall } from '../../lib/service/call-once.ts'
import { simulate, type EmbeddedSwitch } from '../../lib/sim/simulate.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { outcomeOf } from '../testing/promises.ts'
import { ITSELF } from './on-embedded-switch.ts'

/** Places one call on an embedded switch, in virtual time; nothing may be left then. */
const once = async (
  run: (call: OneCall, sim: EmbeddedSwitch) => Promise<void>,
  dest = ITSELF,
  options: CallOnceOptions = { app: tonePlay() },
): Promise<number> => {
  const clock = virtualClock()
  let left = -1
  const body = async (): Promise<void> => {
    await using sim = await simulate({ clock, transport: 'memory', seed: 1 })
    try {
      await using call = await callOnce(sim, dest, options)
      await run(call, sim)
    } finally {
      left = sim.channels()
    }
  }
  await clock.run(body())
  await clock.advance(0)
  expect(clock.pending).toBe(0)
  return left
}

test('callOnce gives the session of one answered call, and hangs it up when it is left', async () => {
  const left = await once((call, sim) => {
    expect([call.session.answered, call.peer?.answered, sim.channels()]).toEqual([true, true, 2])
    expect([call.session.appId, call.client.countCalls()]).toEqual(['call-once', 1])
    return Promise.resolve()
  })
  expect(left).toBe(0)
})

test('callOnce leaves alone what is hung up already', async () => {
  const left = await once(async ({ session }) => {
    await session.hangup('USER_BUSY')
    expect(session.cause).toBe('USER_BUSY')
  })
  expect(left).toBe(0)
})

test('callOnce rejects with why the call failed, and leaves nothing open', async () => {
  const failing = once(() => Promise.resolve(), 'x@127.0.0.1:9', {})
  expect(await outcomeOf(failing)).toMatchObject({ code: 'JOB_FAILED', reply: 'NORMAL_TEMPORARY_FAILURE' })
  const bad = once(() => Promise.resolve(), ITSELF, { app: { name: 'Empty' } })
  expect(await outcomeOf(bad)).toMatchObject({ code: 'APP_LOAD' })
})
