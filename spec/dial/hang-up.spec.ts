import { describe, expect, test } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { createDialApps } from '../../lib/dial/apps.ts'
import { hangUpCommands, keepHangingUp } from '../../lib/dial/nodes/hang-up.ts'
import { connect } from '../../lib/service/connect.ts'
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
    const apps = createDialApps([client], { app: () => tonePlay() }, createUuids(1))
    await clock.run(apps.load({}))
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

  test('hardHupall ends every call of its clients, of this run or not, and nobody else’s', async () => {
    const { clock, client, sw, dialer, run, close } = await createBench()
    const theirs = await clock.run(connect(sw))
    await clock.run(theirs.load(tonePlay(), { id: 'tone' }))
    const kept = await clock.run(theirs.originate('park@127.0.0.1:5080', { app: 'tone' }))
    const other = await clock.run(client.originate('park@127.0.0.1:5080', { app: 'tone' }))
    const originator = await dialer({ rate: 10, duration: 0 })
    const running = run(originator)
    await clock.advance(1000)
    await clock.run(originator.hardHupall())
    expect(originator.state).toBe('STOPPED')
    await running
    await clock.advance(1000)
    expect([other.hungup, kept.hungup, sw.channels()]).toEqual([true, false, 2])
    await clock.run(theirs.close())
    await close()
  })

  test('the commands for later name the run by tokens that no other call carries', async () => {
    const { client, dialer, run, close, clock } = await createBench()
    const commands = async (options: object): Promise<string[]> => {
      const originator = await dialer({ maxOffered: 1, duration: 100, ...options })
      await run(originator)
      const { nodes } = originator
      const apps = { all: client.apps.map(({ id, name }) => ({ id, name, own: id.startsWith('dial-') })) }
      const orders = hangUpCommands({ apps, mark: ['sip_h_X-Switchix-Run', 'x'] } as never)
      await clock.run(originator.close())
      return nodes.length === 1 ? orders : []
    }
    const own = () => commands({ app: () => tonePlay() })
    const orders = [...(await own()), ...(await own())].filter((order) => order.includes('dial-'))
    expect(orders).toEqual(
      Array(2).fill(expect.stringMatching(/^hupall NORMAL_CLEARING sip_h_X-Switchix-App dial-[\w-]{22,32}$/)),
    )
    expect(new Set(orders).size).toBe(2)
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
