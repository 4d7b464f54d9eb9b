import { describe, expect, it } from 'vitest'
import { createMeasure, type Row } from '../../lib/app/measure.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import type { Originator } from '../../lib/dial/originator.ts'
import type { ClientApp } from '../../lib/service/client.ts'
import { outcomeOf } from '../testing/promises.ts'
import { createBench, type Bench } from './on-embedded-switch.ts'

/** Counts the answers, and tells of each. */
const answers = (name: string, log: string[] = []): ClientApp => {
  const { measure, append } = createMeasure(
    { uuid: 'text', node: 'text' },
    { metrics: () => ({ answers: count, quickest_ms: null }) },
  )
  let count = 0
  return {
    name,
    measure,
    async *prepost({ client }) {
      log.push(`up on ${client.name}`)
      await Promise.resolve()
      yield
      log.push(`down from ${client.name}`)
    },
    on: {
      CHANNEL_ANSWER(sess) {
        if (sess.direction === 'inbound') return
        count++
        append({ uuid: sess.uuid, node: sess.node })
      },
    },
  }
}

const runAll = async (bench: Bench, dialer: Originator): Promise<Row[]> => {
  const rows: Row[] = []
  for (const { measure } of dialer.measures) measure.onRow((row) => rows.push(row))
  await bench.run(dialer)
  await bench.clock.run(dialer.close())
  await bench.close()
  return rows
}

describe('measurers of a run', () => {
  it('see the calls of all its apps, and are set up and taken down once on each switch', async () => {
    const bench = await createBench()
    const log: string[] = []
    const dialer = await bench.dialer({
      apps: [
        [tonePlay(), 1],
        [{ ...tonePlay(), name: 'Other' }, 1],
      ],
      measurers: [answers('Answers', log)],
      rate: 50,
      maxOffered: 10,
      duration: 500,
    })
    expect(dialer.measures.map(({ name }) => name)).toEqual(['Answers'])
    const rows = await runAll(bench, dialer)
    expect(rows.map(({ uuid }) => uuid)).toEqual(bench.cdrs.map(({ caller_uuid }) => caller_uuid))
    expect(dialer.summary().measures).toEqual({ Answers: { answers: 10, quickest_ms: null } })
    expect(log).toEqual([`up on ${bench.client.name}`, `down from ${bench.client.name}`])
  })

  it('may be the app of the calls itself', async () => {
    const bench = await createBench()
    const app: ClientApp = { ...answers('Mine'), flow: (sess) => tonePlayOf(sess) }
    const dialer = await bench.dialer({ app, rate: 50, maxOffered: 5, duration: 500 })
    expect(await runAll(bench, dialer)).toHaveLength(5)
    expect(dialer.summary().measures).toEqual({ Mine: { answers: 5, quickest_ms: null } })
  })

  it('that cannot be loaded leave nothing behind, and no run begins', async () => {
    const bench = await createBench()
    const log: string[] = []
    const broken: ClientApp = { name: 'Broken', prepost: () => Promise.reject(new Error('no disk')) }
    const failure = await outcomeOf(bench.dialer({ measurers: [answers('Answers', log), broken] }))
    expect(failure).toMatchObject({ code: 'APP_LOAD', message: expect.stringContaining('no disk') as string })
    expect(log).toEqual([`up on ${bench.client.name}`, `down from ${bench.client.name}`])
    expect(bench.client.apps.map(({ name }) => name)).toEqual(['TonePlay'])
    await bench.close()
  })
})

/** Answers what comes in, as TonePlay does. */
const tonePlayOf = async (
  sess: Parameters<Extract<ClientApp['flow'], (...args: never) => unknown>>[0],
): Promise<void> => {
  if (sess.direction === 'inbound') await sess.answer()
}
