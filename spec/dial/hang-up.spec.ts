import { describe, expect, test } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { loadApps } from '../../lib/dial/apps.ts'
import { keepHangingUp } from '../../lib/dial/nodes/hang-up.ts'
import { createUuids } from '../../lib/service/uuids.ts'
import { createBench } from './on-embedded-switch.ts'

describe('hanging up', () => {
  test.each<[string, object]>([
    ['an app that is loaded', {}],
    [
      'an app of its own',
      { app: { name: 'Own', on: { CHANNEL_PARK: (sess: { answer(): unknown }) => sess.answer() } } },
    ],
  ])('hupall ends the calls of this run, and no others of the same client (%s)', async (_, options) => {
    const { clock, client, sw, dialer, run, close } = await createBench()
    const other = await clock.run(client.originate('park@127.0.0.1:5080', { app: 'tone' }))
    const originator = await dialer({ rate: 10, duration: 0, ...options })
    const running = run(originator)
    await clock.advance(1000)
    expect(sw.channels()).toBeGreaterThan(10)
    await clock.run(originator.hupall())
    await running
    expect([other.hungup, sw.channels()]).toEqual([false, 2])
    await clock.run(originator.close())
    await clock.run(other.hangup())
    await close()
  })

  test('goes on until it is told to stop: a call that comes up after the switch was told is hung up, too', async () => {
    const { clock, client, sw, close } = await createBench()
    const apps = await clock.run(loadApps([client], { app: () => tonePlay() }, createUuids(1)))
    const nodes = [{ client, dest: '', profile: undefined }]
    const place = () => clock.run(client.originate('park@127.0.0.1:5080', { app: apps.all[0]?.id }))
    const stop = keepHangingUp({ nodes, apps, mark: ['sip_h_X-Switchix-Run', 'none'] }, clock)
    for (let i = 0; i < 3; i++) {
      await place()
      await clock.advance(1500)
      expect(sw.channels()).toBe(0)
    }
    stop()
    await place()
    await clock.advance(1500)
    expect(sw.channels()).toBe(2)
    await clock.run(client.hupall())
    await clock.run(apps.unload())
    await close()
    expect(clock.pending).toBe(0)
  })

  test('hardHupall ends every call of the switch', async () => {
    const { clock, client, sw, dialer, run, close } = await createBench()
    const other = await clock.run(client.originate('park@127.0.0.1:5080', { app: 'tone' }))
    const originator = await dialer({ rate: 10, duration: 0 })
    const running = run(originator)
    await clock.advance(1000)
    await clock.run(originator.hardHupall())
    expect(originator.state).toBe('STOPPED')
    await running
    await clock.advance(1000)
    expect([other.hungup, sw.channels()]).toEqual([true, 0])
    await close()
  })

  test('goes through INITIAL, ORIGINATING and STOPPED, by start and stop too', async () => {
    const { clock, dialer, close } = await createBench()
    const originator = await dialer({ rate: 10, duration: 200 })
    expect(originator.state).toBe('INITIAL')
    originator.start()
    expect(originator.state).toBe('ORIGINATING')
    await clock.advance(550)
    originator.stop()
    expect(originator.state).toBe('STOPPED')
    await clock.run(originator.ended)
    expect(originator.summary()).toMatchObject({ offered: 6, answered: 6, causes: { NORMAL_CLEARING: 6 } })
    expect(() => originator.start()).toThrow(/runs once/)
    expect(clock.pending).toBe(0)
    await close()
  })
})
