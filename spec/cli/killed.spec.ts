import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sleep, systemClock } from '../../lib/clock.ts'
import type { CallDetailRecord } from '../../lib/measure/cdr/cdr.ts'
import { readCdrs } from '../../lib/measure/cdr/read-cdrs.ts'
import { connect } from '../../lib/service/connect.ts'
import type { Client, ClientApp } from '../../lib/service/client.ts'
import { SWITCHIX } from '../built.ts'
import { killStarted, startSim } from './start-cli.ts'

const LONG = process.env['SWITCHIX_LONG'] !== undefined
const ROUNDS = LONG ? 20 : 2
if (!LONG) console.warn('dial, killed: twice only; 20 times with SWITCHIX_LONG=1, which takes two minutes')

/** Which call a leg is of: the variable that dial has the switch carry, on both of its legs. */
const CALL = 'variable_sip_h_X-Switchix-Call'

/**
 * What the switch has said, to another process than the one that is killed: which legs of each call have ended, in its order.
 * It hears of them as the one that is killed does, by the Event Socket of a switch that is a process of its own.
 */
interface Witness extends ClientApp {
  readonly ended: Map<string, { readonly legs: Set<string>; order: number }>
}

const createWitness = (): Witness => {
  const ended: Witness['ended'] = new Map()
  let order = 0
  /** Legs of this run: the calls of the one before may still be ending. */
  const begun = new Set<string | undefined>()
  return {
    name: 'Witness',
    ended,
    handle: {
      CHANNEL_CREATE(event) {
        begun.add(event.uuid)
      },
      CHANNEL_HANGUP_COMPLETE(event) {
        if (!begun.has(event.uuid)) return
        const call = event.get(CALL) ?? ''
        const of = ended.get(call) ?? { legs: new Set(), order: 0 }
        of.legs.add(event.uuid ?? '')
        of.order = order++
        ended.set(call, of)
      },
    },
  }
}

const running = new Set<ChildProcess>()
const start = (...args: string[]): ChildProcess => {
  const child = spawn(process.execPath, [SWITCHIX, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  return child
}

let dir = ''
let port = 0
let client: Client
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchix-killed-'))
  ;({ port } = await startSim())
  client = await connect(`127.0.0.1:${port}`)
})
afterAll(async () => {
  await client.close()
  for (const child of running) child.kill('SIGKILL')
  killStarted()
  await rm(dir, { recursive: true })
})

const readRows = async (path: string): Promise<CallDetailRecord[]> => {
  const rows: CallDetailRecord[] = []
  for await (const row of readCdrs(path)) rows.push(row)
  return rows
}

interface Killed {
  readonly rows: readonly CallDetailRecord[]
  readonly witness: Witness
  /** How many calls had ended by what dial itself had said 100 ms before it was killed. */
  readonly due: number
}

/** Asks dial over and over how many calls have ended, as Prometheus does; a busy machine may let it know late. */
const watch = (metricsPort: number): { readonly said: [at: number, ended: number][]; stop(): void } => {
  const said: [number, number][] = []
  let stopped = false
  const ask = async (): Promise<void> => {
    while (!stopped) {
      const text = await fetch(`http://127.0.0.1:${metricsPort}/metrics`).then(
        (response) => response.text(),
        () => '',
      )
      const counts = Array.from(text.matchAll(/^switchix_calls_ended_total\{.*\} (\d+)$/gm), ([, n]) =>
        Number(n),
      )
      said.push([Date.now(), counts.reduce((sum, n) => sum + n, 0)])
      await sleep(systemClock, 5)
    }
  }
  void ask()
  return { said, stop: () => void (stopped = true) }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo
      server.close(() => resolve(free))
    })
  })

/** Dials at 200 calls a second, and kills that so long after the first calls have ended. */
const dialAndKill = async (path: string, after: number): Promise<Killed> => {
  const witness = createWitness()
  const loaded = await client.load(witness)
  const load = '--rate 200 --duration 300ms --limit 2000'.split(' ')
  const metricsPort = await freePort()
  const files = ['--cdr', path, '--prometheus', `127.0.0.1:${metricsPort}`]
  const dial = start('dial', `127.0.0.1:${port}`, ...load, ...files)
  dial.stdout?.resume()
  const { said, stop } = watch(metricsPort)
  await expect.poll(() => said.at(-1)?.[1], { timeout: 60_000, interval: 10 }).toBeGreaterThan(50)
  await sleep(systemClock, after)
  const gone = new Promise((resolve) => dial.on('close', resolve))
  dial.kill('SIGKILL')
  const at = Date.now()
  stop()
  await gone
  const rows = await readRows(path)
  await client.api('hupall')
  await expect.poll(() => client.api('show channels count'), { timeout: 20_000 }).toContain('0 total')
  await loaded.unload()
  const due = Math.max(0, ...said.filter(([when]) => when < at - 100).map(([, ended]) => ended))
  return { rows, witness, due }
}

describe(`dial at 200 calls/s, killed ${ROUNDS} times`, () => {
  test.each(Array.from({ length: ROUNDS }, (_, n) => n))(
    'kill -9, number %d: all calls that had ended 100 ms before are there, none is torn, and none is there twice',
    async (round) => {
      const path = join(dir, `${round}.${round % 2 === 0 ? 'csv' : 'ndjson'}`)
      const { rows, witness, due } = await dialAndKill(path, 700 + Math.random() * 2000)
      const uuids = rows.map(({ caller_uuid }) => caller_uuid)
      expect(due).toBeGreaterThan(50)
      expect(rows.length).toBeGreaterThanOrEqual(due)
      const written = new Set(uuids)
      expect(written.size).toBe(uuids.length)
      // Of the calls that the switch has told the end of, in its order, there is none missing before one that is there.
      const told = [...witness.ended.values()]
        .filter(({ legs }) => legs.size === 2)
        .sort((a, b) => a.order - b.order)
        .map(({ legs }) => [...legs].some((uuid) => written.has(uuid)))
      expect(told.lastIndexOf(true)).toBe(rows.length - 1)
      // A row that was torn, or mixed with another one, would not be whole in all of this.
      for (const row of rows) {
        const legs = [row.caller_uuid, row.callee_uuid]
        const call = [...witness.ended.values()].find((each) =>
          legs.every((uuid) => each.legs.has(uuid ?? '')),
        )
        expect(call, `both legs of ${row.call_uuid}`).toBeDefined()
        expect(row).toMatchObject({
          app: 'TonePlay',
          hangup_cause: 'NORMAL_CLEARING',
          caller_sip_status: 200,
        })
        expect(row.callee_hangup_ms).toBeGreaterThan(row.caller_create_ms ?? Infinity)
        expect(row.erlangs).toBeGreaterThanOrEqual(0)
      }
    },
  )
})
