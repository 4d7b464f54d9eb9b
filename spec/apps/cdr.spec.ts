import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cdr, type CdrRow } from '../../lib/apps/cdr.ts'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { sleep } from '../../lib/clock.ts'
import { CDR_COLUMNS } from '../../lib/measure/cdr/cdr.ts'
import type { Client } from '../../lib/service/client.ts'
import { connect } from '../../lib/service/connect.ts'
import { simulate } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { call, ITSELF, onEmbeddedSwitch } from '../service/on-embedded-switch.ts'
import { outcomeOf } from '../testing/promises.ts'

const temporary = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'switchix-')), 'cdr.csv')

describe('CDR', () => {
  it('under two ids, or for all apps, has each call once', () =>
    onEmbeddedSwitch(async ({ client, clock }) => {
      const [twice, all]: string[][] = [[], []]
      const own = cdr({ onRow: ({ app }) => twice?.push(app) })
      await client.load(tonePlay(), { id: 'a' })
      await client.load(tonePlay(), { id: 'b' })
      await client.load(own, { id: 'a', measurer: true })
      await client.load(own, { id: 'b', measurer: true })
      await client.load(cdr({ onRow: ({ app }) => all?.push(app) }), { measurer: 'all' })
      for (const app of ['a', 'b']) {
        const caller = await client.originate(ITSELF, { app })
        await sleep(clock, 200)
        await caller.hangup()
        await caller.call.ended
      }
      expect([twice, all]).toEqual([
        ['a', 'b'],
        ['a', 'b'],
      ])
    }))

  it('gives a row for each call, with the stamps of both legs, when the last of them has ended', () => {
    const rows: CdrRow[] = []
    return onEmbeddedSwitch(
      async ({ client, clock, failures }) => {
        await client.load(cdr({ onRow: (row) => rows.push(row) }), { measurer: true })
        const { caller, called } = await call(client)
        await sleep(clock, 3000)
        expect(rows).toEqual([])
        await caller.hangup()
        await caller.call.ended
        const { node, uuid, times, job } = caller
        expect(rows).toMatchObject([
          {
            call_uuid: caller.call.uuid,
            app: 'default',
            node,
            hangup_cause: 'NORMAL_CLEARING',
            hangup_cause_q850: 16,
            job_launch_ms: job?.launched,
            caller_req_originate_ms: expect.any(Number) as number,
            caller_originate_ms: times.originate,
            caller_create_ms: times.create,
            caller_uuid: uuid,
            caller_progress_ms: undefined,
            caller_progress_media_ms: undefined,
            caller_sip_status: 200,
            caller_hangup_disposition: 'send_bye',
            caller_cause_q850: 16,
            caller_read_codec: 'PCMU',
            caller_write_codec: 'PCMU',
            caller_rtp_in_mos: 4.5,
            caller_rtp_in_quality_percent: 100,
            caller_rtp_in_flaws: 0,
            callee_sip_status: 200,
            callee_hangup_disposition: 'recv_bye',
            callee_cause: 'NORMAL_CLEARING',
            callee_rtp_in_mos: 4.5,
            caller_answer_ms: times.answer,
            // The channel's own stamp is set a moment after the event.
            caller_hangup_ms: Number(caller.get('Caller-Channel-Hangup-Time')) / 1000,
            callee_uuid: called.uuid,
            callee_create_ms: called.times.create,
            callee_answer_ms: called.times.answer,
            callee_hangup_ms: Number(called.get('Caller-Channel-Hangup-Time')) / 1000,
            failed_calls: 0,
            active_sessions: 1,
            erlangs: 1,
          },
        ])
        expect(Object.keys(rows[0] ?? {}).sort()).toEqual(Object.keys(CDR_COLUMNS).sort())
        expect(uuid).toBe(rows[0]?.call_uuid)
        const [{ caller_req_originate_ms: requested = NaN }] = rows as [CdrRow]
        expect(requested - (times.originate ?? NaN)).toBeLessThan(5)
        expect(failures).toEqual([])
      },
      { apps: [tonePlay()] },
    )
  })

  it('counts what is up and what has failed, as each call finds it', () => {
    const rows: CdrRow[] = []
    return onEmbeddedSwitch(
      async ({ client, clock }) => {
        await client.load(cdr({ onRow: (row) => rows.push(row) }), { measurer: true })
        const first = await call(client)
        await call(client)
        await outcomeOf(client.originate('nobody@192.0.2.1:5060'))
        await first.caller.hangup()
        await sleep(clock, 1000)
        await call(client)
        await client.hupall()
        await sleep(clock, 1000)
        expect(rows.map((row) => [row.failed_calls, row.active_sessions, row.erlangs])).toEqual([
          [0, 5, 3], // the one that nobody answers
          [0, 1, 1],
          [0, 3, 2],
          [1, 3, 2],
        ])
        expect(rows[0]).toMatchObject({
          hangup_cause: 'NORMAL_TEMPORARY_FAILURE',
          hangup_cause_q850: 41,
          callee_uuid: undefined,
          caller_sip_status: 503,
          caller_hangup_disposition: 'recv_refuse',
          caller_answer_ms: undefined,
          caller_rtp_in_mos: undefined,
        })
      },
      { apps: [tonePlay()] },
    )
  })

  it('keeps to the calls of its id, and knows no job of calls that come in', () => {
    const rows: CdrRow[] = []
    return onEmbeddedSwitch(async ({ client, clock }) => {
      await client.load(tonePlay(), { id: 'tone', trustAppHeader: true })
      await client.load(cdr({ onRow: (row) => rows.push(row) }), { id: 'tone', measurer: true })
      await client.load(tonePlay())
      for (const app of ['tone', undefined]) {
        const { caller } = await call(client, { app })
        await caller.hangup()
        await sleep(clock, 1000)
      }
      expect(rows.map(({ app }) => app)).toEqual(['tone'])
      // Placed by another hand: it has no job here, and nothing says that its legs are one call.
      await client.bgapi(
        `originate {sip_h_X-Switchix-App=tone,ignore_early_media=true}sofia/external/${ITSELF} &park()`,
      )
      await client.hupall()
      await sleep(clock, 1000)
      expect(rows.map(({ job_launch_ms }) => typeof job_launch_ms)).toEqual([
        ...['number', 'undefined', 'undefined'],
      ])
    })
  })

  it('writes one file for all of its nodes', async () => {
    const file = await temporary()
    const clock = virtualClock()
    const app = cdr({ file })
    const place = async (client: Client): Promise<void> => {
      await client.load(tonePlay())
      const { caller } = await call(client)
      await caller.hangup()
      await caller.call.ended
    }
    const run = async (): Promise<void> => {
      await using one = await simulate({ clock, transport: 'memory', seed: 1 })
      await using two = await simulate({ clock, transport: 'memory', seed: 2 })
      const first = await connect(one, { clock })
      const second = await connect(two, { clock })
      await Promise.all([first, second].map((client) => client.load(app, { measurer: true })))
      await place(first)
      await first.close()
      await place(second)
      await second.close()
    }
    await clock.run(run())
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    expect(lines[0]).toBe(Object.keys(CDR_COLUMNS).join())
    expect(lines.slice(1).map((line) => line.split(',')[3])).toEqual(['NORMAL_CLEARING', 'NORMAL_CLEARING'])
  })

  it('is not loaded where its file cannot be written', () =>
    onEmbeddedSwitch(async ({ client }) => {
      const file = join(dirname(await temporary()), 'no-such-folder', 'cdr.csv')
      const app = cdr({ file })
      expect(await outcomeOf(client.load(app))).toMatchObject({
        code: 'APP_LOAD',
        message: expect.stringContaining(file) as string,
      })
    }))
})
