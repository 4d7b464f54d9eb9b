import { fork, spawn, type ChildProcess } from 'node:child_process'
import type { Format } from './stream.ts'

export interface Row {
  readonly client: string
  readonly headersRead: number | 'all'
  readonly cpuUsPerEvent: number
  readonly ratioToFloor: number
  readonly eventsPerSecond: number
  /** How many events it lost, where it did; the other figures are of those before. */
  readonly lost?: number
}

/** What takes part: under which name, in which format it gets its events, and how many headers of them it reads. */
export interface Entrant {
  readonly name: string
  readonly format: Format
  readonly reads: readonly (2 | 10 | 'all')[]
  /** In how many of the repeats; the peers are far from the targets, and slow. Default: in all. */
  readonly repeats?: number
}

interface Report {
  readonly events: number
  readonly checksum: number
  readonly cpuUs: number
  readonly ms: number
}

interface Best {
  readonly client: string
  readonly reads: number | 'all'
  readonly cpu: number
  readonly rate: number
  readonly checksum: number
  readonly lost: number
}

export interface Outcome {
  readonly rows: Row[]
  /** Clients that lost events, or read something else than the others. */
  readonly failures: string[]
}

const here = (path: string): string => new URL(path, import.meta.url).pathname

const startServer = (
  format: Format,
  rounds: number,
  perSecond: number,
): Promise<{ server: ChildProcess; port: number; count: number }> =>
  new Promise((resolve) => {
    const server = fork(here('server.js'), [format, String(rounds), String(perSecond)])
    server.once('message', (message) => resolve({ server, ...(message as { port: number; count: number }) }))
  })

/** Runs a client to its end, and gives its report. */
const runClient = (name: string, port: number, count: number, reads: number | string): Promise<Report> =>
  new Promise((resolve, reject) => {
    const args = [here(`clients/${name}.js`), String(port), String(count), String(reads)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    const patience = setTimeout(() => child.kill(), 120_000)
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.on('close', () => {
      clearTimeout(patience)
      const line = out.split('\n').find((one) => one.startsWith('{"events"'))
      if (line) resolve(JSON.parse(line) as Report)
      else reject(new Error(`${name} (${reads}) ended without a report: it does not run here`))
    })
  })

const rounded = (value: number): number => Number(value.toFixed(2))

const rowsOf = (best: readonly Best[]): Row[] => {
  const floor = best.find(({ client }) => client === 'floor')?.cpu ?? NaN
  return best.map(({ client, reads, cpu, rate, lost }) => ({
    client,
    headersRead: reads,
    cpuUsPerEvent: rounded(cpu),
    ratioToFloor: rounded(cpu / floor),
    eventsPerSecond: Math.round(rate),
    ...(lost > 0 && { lost }),
  }))
}

/** All that read the same headers have to have read the same. */
const differing = (best: readonly Best[]): string[] =>
  ([2, 10, 'all'] as const).flatMap((reads) => {
    const same = best.filter((one) => one.reads === reads && one.checksum > 0)
    const sums = same.map(({ client, checksum }) => `${client} ${checksum}`)
    return new Set(same.map(({ checksum }) => checksum)).size > 1
      ? [`not the same, reading ${reads} headers: ${sums.join(', ')}`]
      : []
  })

/** The clients in turn, `repeats` times; the least CPU time of each counts. `perSecond` 0: as fast as they read. */
export const compareClients = async (
  entrants: readonly Entrant[],
  { rounds, repeats, perSecond = 0 }: { rounds: number; repeats: number; perSecond?: number },
): Promise<Outcome> => {
  const servers = new Map<Format, Awaited<ReturnType<typeof startServer>>>()
  for (const format of new Set(entrants.map((entrant) => entrant.format)))
    servers.set(format, await startServer(format, rounds, perSecond))
  const best = new Map<string, Best>()
  const failures = new Set<string>()

  const measure = async ({ name, format }: Entrant, reads: 2 | 10 | 'all'): Promise<void> => {
    const { port = 0, count = 0 } = servers.get(format) ?? {}
    const client = format === 'json' ? `${name} (json)` : name
    try {
      const { cpuUs, ms, checksum, events } = await runClient(name, port, count, reads)
      const isWhole = events === count || events === 0
      if (!isWhole)
        failures.add(`${client}, reading ${reads} headers, lost ${count - events} of ${count} events`)
      const seen = isWhole ? count : events
      const known = best.get(`${client} ${reads}`)
      if (known && known.cpu <= cpuUs / seen) return
      best.set(`${client} ${reads}`, {
        client,
        reads,
        cpu: cpuUs / seen,
        rate: (seen / ms) * 1000,
        checksum: isWhole ? checksum : 0,
        lost: count - seen,
      })
    } catch (error) {
      failures.add((error as Error).message)
    }
  }

  for (let repeat = 0; repeat < repeats; repeat++)
    for (const entrant of entrants)
      if (repeat < (entrant.repeats ?? repeats))
        for (const reads of entrant.reads) await measure(entrant, reads)
  for (const { server } of servers.values()) server.kill()
  const all = [...best.values()]
  return { rows: rowsOf(all), failures: [...failures, ...differing(all)] }
}
