// A million CDRs: how fast they are written, how fast they are summarised, and the memory that each takes.
// npm run bench:cdr [rows]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CDR_COLUMNS, type CallDetailRecord } from '../lib/measure/cdr/cdr.ts'
import { measureCdrs } from '../lib/measure/metrics/measure-cdrs.ts'
import { createRowStore } from '../lib/measure/store/row-store.ts'

const [part, path = '', count = '1000000'] = process.argv.slice(2)

const TEXTS: Readonly<Record<string, string>> = {
  app: 'TonePlay',
  node: '192.0.2.1:8021',
  hangup_cause: 'NORMAL_CLEARING',
  caller_cause: 'NORMAL_CLEARING',
  callee_cause: 'NORMAL_CLEARING',
  caller_hangup_disposition: 'send_bye',
  callee_hangup_disposition: 'recv_bye',
}
const TIMES = { create: 0, progress: 20, progress_media: 20, answer: 300, hangup: 5300 } as const

const textOf = (name: string): string =>
  TEXTS[name] ?? (name.endsWith('codec') ? 'PCMU' : '3f9c2a4e-7b1d-4c55-9a30-5d1f0e6b7c88')

/** A call as a run at 1000 calls/s has them, every column filled in. */
const cdr = (n: number): CallDetailRecord => {
  const row: Record<string, string | number> = {}
  for (const [name, kind] of Object.entries(CDR_COLUMNS))
    row[name] = kind === 'number' ? Math.round(n * 7.3) / 10 : textOf(name)
  for (const leg of ['caller', 'callee'])
    for (const [name, ms] of Object.entries(TIMES))
      row[`${leg}_${name}_ms`] = (1_795_384_437_609_828 + n * 1000 + Math.round(ms * (1000 + n / 7))) / 1000
  return { ...row, caller_sip_status: 200 } as unknown as CallDetailRecord
}

const write = async (): Promise<void> => {
  const rows = Array.from({ length: 1000 }, (_, n) => cdr(n))
  const store = await createRowStore<CallDetailRecord>(path, CDR_COLUMNS)
  const started = performance.now()
  for (let n = 0; n < Number(count); n++) {
    store.append(rows[n % 1000] as CallDetailRecord)
    // A run appends as calls end, and the loop turns between them.
    if (n % 1000 === 999) await new Promise(setImmediate)
  }
  await store.close()
  tell('written', started)
}

const summarise = async (): Promise<void> => {
  const started = performance.now()
  const { calls, metrics } = await measureCdrs([path])
  tell('summarised', started)
  if (calls !== Number(count) || metrics.summary().asr !== 1) throw new Error(`${calls} calls, not ${count}`)
}

const tell = (what: string, started: number): void => {
  const seconds = (performance.now() - started) / 1000
  const rss = process.resourceUsage().maxRSS / 1024
  const rate = Math.round(Number(count) / seconds).toLocaleString('en')
  console.log(`${what.padEnd(10)} ${seconds.toFixed(2)} s  ${rate} rows/s  ${rss.toFixed(0)} MB at most`)
}

// Each in a process of its own, for the memory of one must not count for the other.
if (part === 'write') await write()
else if (part === 'summarise') await summarise()
else {
  const dir = mkdtempSync(join(tmpdir(), 'switchix-bench-'))
  const rows = part ?? '1000000'
  try {
    for (const ending of ['csv', 'ndjson']) {
      const file = join(dir, `run.${ending}`)
      for (const each of ['write', 'summarise'])
        execFileSync(process.execPath, [...process.execArgv, import.meta.filename, each, file, rows], {
          stdio: 'inherit',
        })
      console.log(`.${ending}: ${rows} rows, ${(statSync(file).size / 1e6).toFixed(0)} MB`)
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}
