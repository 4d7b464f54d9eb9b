/** What a client is run with: `port count headersRead`. */
export interface Task {
  readonly port: number
  readonly count: number
  readonly headersRead: 2 | 10 | 'all'
}

export const task = (): Task => {
  const [, , port, count, headers] = process.argv
  return {
    port: Number(port),
    count: Number(count),
    headersRead: headers === 'all' ? 'all' : Number(headers) === 2 ? 2 : 10,
  }
}

export const TEN = [
  'Event-Name',
  'Unique-ID',
  'Event-Date-Timestamp',
  'Channel-State',
  'Channel-Call-State',
  'Channel-Name',
  'Call-Direction',
  'Answer-State',
  'Caller-Caller-ID-Number',
  'Caller-Destination-Number',
] as const

/** Which headers are read, by name; empty for all. */
export const headersOf = ({ headersRead }: Task): readonly string[] =>
  headersRead === 'all' ? [] : TEN.slice(0, headersRead)

export interface Meter {
  /** The stream is about to begin: from here on time counts. */
  start(): void
  /** A value that was read. */
  add: (value: string | null | undefined) => void
  /** An event is done with; the last one finishes. */
  event(): void
  /** Ends the process, with its report on stdout. */
  finish(): void
}

/** In ms; how often is looked for it. */
const SILENCE = 5000
const LOOK = 100

/** Counts events and what was read of them; reports the CPU time of the whole process for it. */
export const createMeter = ({ count }: Task): Meter => {
  let seen = 0
  let checksum = 0
  let cpu = process.cpuUsage()
  let started = performance.now()
  const finish = (ended = performance.now()): void => {
    const { user, system } = process.cpuUsage(cpu)
    const report = { events: seen, checksum, cpuUs: user + system, ms: ended - started }
    process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0))
  }
  /** A client that loses events must not be waited for: what it has seen is reported once nothing has come for a while. */
  const watch = (before = -1, since = performance.now()): void => {
    const now = performance.now()
    if (seen > 0 && seen === before && now - since > SILENCE) finish(since)
    else setTimeout(watch, LOOK, seen, seen === before ? since : now).unref()
  }
  return {
    start() {
      cpu = process.cpuUsage()
      started = performance.now()
      watch()
    },
    add: (value) => {
      if (typeof value === 'string') checksum += value.length
    },
    event() {
      if (++seen === count) finish()
    },
    finish: () => finish(),
  }
}
