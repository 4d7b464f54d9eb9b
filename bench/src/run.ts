import { fork, spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import type { Format } from './stream.ts'

interface Row {
  readonly client: string
  readonly headersRead: number | 'all'
  readonly cpuUsPerEvent: number
  readonly ratioToFloor: number
  readonly eventsPerSecond: number
}

interface Report {
  readonly events: number
  readonly checksum: number
  readonly cpuUs: number
  readonly ms: number
}

const short = process.argv.includes('--short')
const [ROUNDS, REPEATS] = short ? [2, 1] : [25, 5]

const CLIENTS: readonly {
  readonly name: string
  readonly format: Format
  readonly reads: readonly (2 | 10 | 'all')[]
}[] = [
  { name: 'floor', format: 'plain', reads: [2] },
  { name: 'switchix', format: 'plain', reads: [2, 10, 'all'] },
  { name: 'switchix-stack', format: 'plain', reads: [2] },
  { name: 'esl-lite', format: 'json', reads: [2, 10, 'all'] },
  { name: 'esl', format: 'json', reads: [2, 10, 'all'] },
  { name: 'modesl', format: 'plain', reads: [2, 10, 'all'] },
  { name: 'modesl', format: 'json', reads: [2, 10, 'all'] },
]

const here = (path: string): string => new URL(path, import.meta.url).pathname

const startServer = (
  format: Format,
  rounds: number,
  paced = 0,
): Promise<{ server: ChildProcess; port: number; count: number }> =>
  new Promise((resolve) => {
    const server = fork(here('server.js'), [format, String(rounds), String(paced)])
    server.once('message', (message) => {
      const { port, count } = message as { port: number; count: number }
      resolve({ server, port, count })
    })
  })

/** Runs a client to its end, and gives its report. */
const measure = (name: string, port: number, count: number, reads: number | string): Promise<Report> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [here(`clients/${name}.js`), String(port), String(count), String(reads)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let out = ''
    const patience = setTimeout(() => child.kill(), 120_000)
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.on('close', () => {
      clearTimeout(patience)
      const line = out.split('\n').find((one) => one.startsWith('{"events"')) ?? ''
      if (line !== '') resolve(JSON.parse(line) as Report)
      else
        reject(
          new Error(`${name} (${reads}) ended without a report; it has lost events, or does not run here`),
        )
    })
  })

const label = (name: string, format: Format): string => (format === 'json' ? `${name} (json)` : name)

const best = new Map<
  string,
  { cpu: number; rate: number; checksum: number; name: string; reads: number | 'all' }
>()

const note = (name: string, format: Format, reads: 2 | 10 | 'all', count: number, report: Report): void => {
  const key = `${label(name, format)} ${reads}`
  const cpu = report.cpuUs / count
  const known = best.get(key)
  if (known && known.cpu <= cpu) return
  best.set(key, {
    cpu,
    rate: (count / report.ms) * 1000,
    checksum: report.checksum,
    name: label(name, format),
    reads,
  })
}

const servers = { plain: await startServer('plain', ROUNDS), json: await startServer('json', ROUNDS) }
const failures: string[] = []
for (let repeat = 0; repeat < REPEATS; repeat++)
  for (const { name, format, reads } of CLIENTS)
    for (const read of reads) {
      const { port, count } = servers[format]
      await measure(name, port, count, read).then(
        (report) => note(name, format, read, count, report),
        (error: unknown) => failures.push(error instanceof Error ? error.message : String(error)),
      )
    }
for (const { server } of Object.values(servers)) server.kill()

const floor = best.get('floor 2')?.cpu ?? NaN
const rows: Row[] = [...best.values()].map(({ name, reads, cpu, rate }) => ({
  client: name,
  headersRead: reads,
  cpuUsPerEvent: Number(cpu.toFixed(2)),
  ratioToFloor: Number((cpu / floor).toFixed(2)),
  eventsPerSecond: Math.round(rate),
}))

/** All that read the same headers have to have read the same. */
const wrong = [2, 10].flatMap((reads) => {
  const sums = [...best.values()].filter((one) => one.reads === reads && one.checksum > 0)
  return new Set(sums.map(({ checksum }) => checksum)).size > 1
    ? [`reading ${reads} headers: ${sums.map(({ name, checksum }) => `${name} ${checksum}`).join(', ')}`]
    : []
})

console.log(`${'client'.padEnd(20)} headers  us/event  x floor   events/s`)
for (const { client, headersRead, cpuUsPerEvent, ratioToFloor, eventsPerSecond } of rows)
  console.log(
    `${client.padEnd(20)} ${String(headersRead).padStart(7)} ${cpuUsPerEvent.toFixed(2).padStart(9)} ` +
      `${ratioToFloor.toFixed(2).padStart(8)} ${String(eventsPerSecond).padStart(10)}`,
  )
for (const text of [...new Set(failures)]) console.log(`failed: ${text}`)
for (const text of wrong) console.log(`not the same: ${text}`)
if (!short) writeFileSync(here('../results.json'), `${JSON.stringify({ rows }, undefined, 2)}\n`)
process.exitCode = wrong.length > 0 || failures.some((text) => text.startsWith('switchix')) ? 1 : 0
