import { expect, test } from 'vitest'
import type { ClientApp } from '../../lib/service/client.ts'
import { serve } from '../../lib/service/serve.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'

/** Counts the sessions it sees in a table of its own. */
const counter = (counts: number[]): ClientApp => {
  const mine = counts.push(0) - 1
  return { name: 'Counter', on: { CHANNEL_CREATE: () => void (counts[mine] = (counts[mine] ?? 0) + 1) } }
}

/** Two switches, served by one app, with one call on the first and two on the second. */
const served = async (app: ClientApp | (() => ClientApp)): Promise<void> => {
  const clock = virtualClock()
  const switches = [
    await simulate({ clock, transport: 'memory' }),
    await simulate({ clock, transport: 'memory' }),
  ]
  const service = await clock.run(serve(switches, { apps: [app], clock }))
  const [first, second] = service.clients
  for (const client of [first, second, second])
    void client?.originate('park@127.0.0.1:5080', { timeout: 1000 })
  await clock.advance(5000)
  await clock.run(service.close())
  for (const sw of switches) await clock.run(sw.close())
}

test('an app that is an object is shared by all nodes, with its state', async () => {
  const counts: number[] = []
  await served(counter(counts))
  expect(counts).toEqual([6])
})

test('an app that is made by a factory is each node its own', async () => {
  const counts: number[] = []
  await served(() => counter(counts))
  expect(counts).toEqual([2, 4])
})

test('nothing stays open where one of the switches would not have us', async () => {
  const clock = virtualClock()
  const good = await simulate({ clock, transport: 'memory' })
  const strict = await simulate({ clock, transport: 'memory', password: 'other' })
  const seen: string[] = []
  const app: ClientApp = {
    name: 'Seen',
    *prepost() {
      seen.push('set up')
      yield
      seen.push('taken down')
    },
  }
  const targets = [good, { ...strict, password: 'wrong' }]
  await expect(clock.run(serve(targets, { apps: [app], clock }))).rejects.toMatchObject({
    code: 'AUTH_FAILED',
  })
  expect([seen, good.channels()]).toEqual([[], 0])

  const failing: ClientApp = { name: 'Failing', prepost: () => Promise.reject(new Error('no disk')) }
  const all = serve([good, good], { apps: [app, failing], clock })
  await expect(clock.run(all)).rejects.toMatchObject({ code: 'APP_LOAD' })
  expect(seen).toEqual(['set up', 'set up', 'taken down', 'taken down'])
  for (const sw of [good, strict]) await clock.run(sw.close())
  await clock.advance(0)
  expect(clock.pending).toBe(0)
})

test('apps may be for the calls only that have a header of that value', async () => {
  const clock = virtualClock()
  const sw = await simulate({ clock, transport: 'memory' })
  const seen: string[] = []
  const app: ClientApp = {
    name: 'Seen',
    on: { CHANNEL_PARK: (sess) => void seen.push(sess.get('Caller-Destination-Number') ?? '') },
  }
  const load = { header: 'Caller-Destination-Number', id: 'ours' }
  const body = async (): Promise<void> => {
    await using service = await serve([sw], { apps: [app], load, clock })
    for (const to of ['ours', 'theirs', 'ours'])
      await service.originate(`${to}@127.0.0.1:5080`, { timeout: 500 }).catch(() => undefined)
    await service.close()
    await sw.close()
  }
  await clock.run(body())
  expect(seen).toEqual(['ours', 'ours'])
})
