import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { sysStats } from '../../../lib/apps/sys-stats.ts'
import { createBench } from '../on-embedded-switch.ts'

const schema = JSON.parse(
  await readFile(new URL('../../../schema/run-summary.schema.json', import.meta.url), 'utf8'),
) as object

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)

const expectValid = (summary: unknown): void => {
  validate(JSON.parse(JSON.stringify(summary)))
  expect(validate.errors).toBeNull()
}

describe('the JSON Schema of a summary', () => {
  it('holds for a run of calls that are answered and calls that fail, with thresholds and a measurer', async () => {
    const bench = await createBench({
      dialplan: ({ destination }) => [
        destination === 'busy' ? { app: 'respond', arg: '486' } : { app: 'park' },
      ],
    })
    const dialer = await bench.dialer({
      dest: '{to}@127.0.0.1:5080',
      fields: Array.from({ length: 20 }, (_, i) => ({ to: i % 2 === 0 ? 'park' : 'busy' })),
      rate: 50,
      maxOffered: 20,
      duration: 1000,
      thresholds: ['srd.p95<1s', 'srd_failed.p95<1s', 'ser>0.9', 'acd>=900ms', 'sdt.max<2s', 'erlangs>1'],
      measurers: [sysStats({ interval: 100 })],
    })
    await bench.run(dialer)
    const summary = dialer.summary()
    await bench.clock.run(dialer.close())
    await bench.close()
    expectValid(summary)
    expect(summary.metrics).toMatchObject({ bids: 20, seizures: 20, answers: 10, asr: 0.5, ner: 1, ser: 0.5, seer: 1 })
    expect(summary.metrics.acdMs).toBeCloseTo(1000, -2)
    expect(summary.metrics.erlangs).toBeCloseTo((10 * (summary.metrics.acdMs ?? 0)) / summary.durationMs, 1)
    expect(summary.thresholds.map(({ ok }) => ok)).toEqual([true, true, false, true, true, true])
    expect(summary.panels['SysStats']).toContainEqual(expect.objectContaining({ unit: '%', time: 'time_ms', by: 'node' }))
    expect(summary.measures).toMatchObject({ SysStats: { node_sessions_max: expect.any(Number) as number } })
  }) // prettier-ignore

  it('holds before the first call, when there are nulls everywhere', async () => {
    const bench = await createBench()
    const dialer = await bench.dialer({ maxOffered: 1 })
    expectValid(dialer.summary())
    expect(dialer.summary()).toMatchObject({ startedAt: null, metrics: { asr: null, erlangs: null } })
    await bench.clock.run(dialer.close())
    await bench.close()
  })

  it('refuses what is no summary', () => {
    expect(validate({ schemaVersion: 2 })).toBe(false)
  })
})
