import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { withFigures, type Results } from './page.ts'
import { compareClients, type Entrant, type Row } from './throughput.ts'

const short = process.argv.includes('--short')
const here = (path: string): string => new URL(path, import.meta.url).pathname

const PEER_REPEATS = 1
const CLIENTS: readonly Entrant[] = [
  { name: 'floor', format: 'plain', reads: [2] },
  { name: 'switchix', format: 'plain', reads: [2, 10, 'all'] },
  { name: 'switchix-stack', format: 'plain', reads: [2] },
  { name: 'esl-lite', format: 'json', reads: [2, 10, 'all'], repeats: PEER_REPEATS },
  { name: 'esl', format: 'json', reads: [2, 10, 'all'], repeats: PEER_REPEATS },
  { name: 'modesl', format: 'plain', reads: [2, 10, 'all'], repeats: PEER_REPEATS },
  { name: 'modesl', format: 'json', reads: [2, 10, 'all'], repeats: PEER_REPEATS },
]
const PACED: readonly Entrant[] = [
  { name: 'floor', format: 'plain', reads: [2] },
  { name: 'switchix', format: 'plain', reads: [2] },
]
const FRAMES_PER_SECOND = 2000

/** A measure that is a process of its own, with how much of it is done. */
const measure = (name: string, amount: number): Record<string, unknown> => {
  const args = ['--expose-gc', '--max-old-space-size=6144', here(`measures/${name}.js`), String(amount)]
  const out = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(out) as Record<string, unknown>
}

const print = (title: string, rows: readonly Row[]): void => {
  console.log(`\n${title.padEnd(20)} headers  us/event  x floor   events/s`)
  for (const { client, headersRead, cpuUsPerEvent, ratioToFloor, eventsPerSecond } of rows)
    console.log(
      `${client.padEnd(20)} ${String(headersRead).padStart(7)} ${cpuUsPerEvent.toFixed(2).padStart(9)} ` +
        `${ratioToFloor.toFixed(2).padStart(8)} ${String(eventsPerSecond).padStart(10)}`,
    )
}

/** The comparison with the peers takes eight minutes: `--measures` leaves it as the last run had it. */
const kept = process.argv.includes('--measures')
  ? (JSON.parse(readFileSync(here('../results.json'), 'utf8')) as Results)
  : undefined

const compare = async (): Promise<{ rows: Row[]; paced: Row[]; failures: string[] }> => {
  const flood = await compareClients(CLIENTS, short ? { rounds: 2, repeats: 1 } : { rounds: 200, repeats: 7 })
  print('as fast as read', flood.rows)
  const pace = { rounds: short ? 1 : 12, repeats: short ? 1 : 3, perSecond: FRAMES_PER_SECOND }
  const paced = await compareClients(PACED, pace)
  print(`${FRAMES_PER_SECOND} frames/s`, paced.rows)
  return { rows: flood.rows, paced: paced.rows, failures: [...flood.failures, ...paced.failures] }
}
const { rows, paced, failures } = kept ? { ...kept, failures: [] } : await compare()

const measures = {
  memory: measure('memory', short ? 500 : 50_000),
  calls: measure('calls', short ? 2000 : 500_000),
  wakeUp: measure('wake-up', short ? 3 : 60),
  roundTrip: measure('round-trip', short ? 50 : 300),
  startup: measure('startup', short ? 2 : 15),
}
for (const [name, figures] of Object.entries(measures)) console.log(`\n${name} ${JSON.stringify(figures)}`)

for (const text of failures) console.log(`failed: ${text}`)
if (!short) {
  const on = { node: process.version, cpu: cpus()[0]?.model ?? '', cpus: cpus().length }
  const results = { on, rows, paced, ...measures }
  writeFileSync(here('../results.json'), `${JSON.stringify(results, undefined, 2)}\n`)
  const path = here('../../docs/speed.md')
  writeFileSync(path, withFigures(readFileSync(path, 'utf8'), results as unknown as Results))
  execFileSync('npx', ['prettier', '--write', path], { cwd: here('../..') })
}
process.exitCode = failures.some((text) => /^(switchix|floor|not the same)/.test(text)) ? 1 : 0
