import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CDR_COLUMNS, type CallDetailRecord } from '../../../lib/measure/cdr/cdr.ts'
import { readCdrs } from '../../../lib/measure/cdr/read-cdrs.ts'
import { createRowStore } from '../../../lib/measure/store/row-store.ts'
import { createBench } from '../../dial/on-embedded-switch.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-cdrs-'))
})
afterAll(() => rm(dir, { recursive: true }))

const BUSY = [{ app: 'respond', arg: '486' }]
const PARK = [{ app: 'park' }]

describe.each(['csv', 'ndjson'])('the CDRs of a run, in .%s', (ending) => {
  test('are read back as they were written: numbers to the microsecond, undefined where there was nothing', async () => {
    const bench = await createBench({
      dialplan: ({ destination }) => (destination === 'busy' ? BUSY : PARK),
    })
    for (const dest of ['park@127.0.0.1:5080', 'busy@127.0.0.1:5080'])
      await bench.run(await bench.dialer({ dest, rate: 50, maxOffered: 5, duration: 1000 }))
    await bench.close()
    expect(bench.cdrs.map(({ caller_sip_status }) => caller_sip_status)).toEqual(
      [200, 486].flatMap((status) => Array<number>(5).fill(status)),
    )
    const path = join(dir, `run.${ending}`)
    const store = await createRowStore<CallDetailRecord>(path, CDR_COLUMNS)
    for (const cdr of bench.cdrs) store.append(cdr)
    await store.close()
    const rows: CallDetailRecord[] = []
    for await (const cdr of readCdrs(path)) rows.push(cdr)
    expect(rows).toEqual(bench.cdrs)
  })
})
