import { describe, expect, test } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { createOriginator } from '../../lib/dial/originator.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { createBench } from './on-embedded-switch.ts'

describe('the nodes of an originator', () => {
  test('may be hosts: it connects, loads its app, calls each profile, and leaves nothing behind', async () => {
    await using first = await simulate()
    await using second = await simulate({ profiles: [{ name: 'external', host: '127.0.0.1', port: 5099 }] })
    {
      await using originator = await createOriginator([`127.0.0.1:${first.port}`, second], {
        app: () => tonePlay(),
        rate: 100,
        maxOffered: 10,
        duration: 50,
      })
      expect(originator.nodes.map(({ dest }) => dest)).toEqual(['park@127.0.0.1:5080', 'park@127.0.0.1:5099'])
      for await (const { active } of originator.run()) expect(active).toBeLessThanOrEqual(10)
      expect(originator.summary()).toMatchObject({
        answered: 10,
        nodes: originator.nodes.map((node) => ({ name: node.client.name, answered: 5 })),
      })
    }
    expect([first.channels(), second.channels()]).toEqual([0, 0])
  })

  test('take turns, each call under an app id that is this run’s alone', async () => {
    const { clock, client, cdrs, dialer, run, close } = await createBench()
    const seen = new Set<string>()
    const app = {
      name: 'Seen',
      on: { CHANNEL_CREATE: (sess: { appId: string }) => void seen.add(sess.appId) },
    }
    const originator = await dialer({ app, maxOffered: 2, timeout: 1000 })
    await run(originator)
    expect([...seen]).toEqual([expect.stringMatching(/^dial-[0-9a-f]{32}$/)])
    expect(cdrs.map((cdr) => cdr.app)).toEqual(['Seen', 'Seen'])
    await clock.run(originator.close())
    expect(client.apps.map(({ name }) => name)).toEqual(['TonePlay'])
    await close()
  })

  test('must be there: none, an unknown profile and an app that does not load are refused, with nothing left', async () => {
    await expect(createOriginator([], {})).rejects.toThrow(/at least one switch/)
    await using sw = await simulate()
    await expect(createOriginator([sw], { profile: 'nosuch' })).rejects.toThrow(/no SIP profile "nosuch"/)
    await expect(createOriginator([sw], { app: { name: 'Nothing' } })).rejects.toMatchObject({
      code: 'APP_LOAD',
    })
    await (await createOriginator([sw], {})).close()
  })
})
