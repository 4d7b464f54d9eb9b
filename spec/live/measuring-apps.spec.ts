import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { cdr, type CdrRow } from '../../lib/apps/cdr.ts'
import { sysStats } from '../../lib/apps/sys-stats.ts'
import { sleep, systemClock } from '../../lib/clock.ts'
import { answering } from '../service/on-embedded-switch.ts'
import { describeLive, onRealSwitch } from './on-real-switch.ts'

describeLive('CDR and SysStats on a real switch', () => {
  it('a row for each call, whose stamps are in their order', (context) =>
    onRealSwitch(context, async ({ client, call, failures }) => {
      const id = `switchix-${randomUUID()}`
      const rows: CdrRow[] = []
      await client.load(answering(), { id })
      await client.load(cdr({ onRow: (row) => rows.push(row) }), { id, measurer: true })
      for (let i = 0; i < 3; i++) {
        const { caller } = await call({ app: id })
        await sleep(systemClock, 200)
        await caller.hangup()
        await caller.call.ended
      }
      expect(rows.map(({ erlangs }) => erlangs)).toEqual([1, 1, 1])
      for (const row of rows) {
        expect(row).toMatchObject({ app: id, hangup_cause: 'NORMAL_CLEARING', failed_calls: 0 })
        expect(row).toMatchObject({
          ...{ caller_sip_status: 200, caller_hangup_disposition: 'send_bye', caller_read_codec: 'PCMU' },
          ...{ callee_sip_status: 200, callee_hangup_disposition: 'recv_bye', hangup_cause_q850: 16 },
        })
        expect(row.caller_rtp_in_mos).toBeGreaterThan(1)
        expect(row.callee_rtp_in_quality_percent).toBeGreaterThan(0)
        const { caller_create_ms, callee_create_ms, callee_answer_ms, caller_answer_ms, caller_hangup_ms } =
          row
        const stamps = [
          caller_create_ms,
          callee_create_ms,
          callee_answer_ms,
          caller_answer_ms,
          caller_hangup_ms,
        ]
        expect(stamps).not.toContain(undefined)
        expect(stamps).toEqual([...stamps].sort((a = NaN, b = NaN) => a - b))
      }
      expect(failures).toEqual([])
    }))

  it('what the switch says of itself, beside the machine that controls it', (context) =>
    onRealSwitch(context, async ({ client, call }) => {
      const app = sysStats({ interval: 200 })
      const loaded = await client.load(app, { id: `switchix-${randomUUID()}` })
      const { caller } = await call()
      await sleep(systemClock, 700)
      await caller.hangup()
      await loaded.unload()
      expect(app.samples.length).toBeGreaterThanOrEqual(2)
      for (const row of app.samples) {
        expect(row.node_sessions).toBeGreaterThanOrEqual(0)
        expect(row.node_max_sessions).toBeGreaterThan(0)
        expect(row.node_idle_cpu_percent).toBeLessThanOrEqual(100)
        expect(row.total_cpu_percent).toBeLessThanOrEqual(100)
      }
      expect(app.samples.at(-1)?.node_sessions).toBeGreaterThanOrEqual(2)
      expect(app.samples.at(-1)?.erlangs).toBe(1)
    }))
})
