import { systemClock } from '../clock.ts'
import { ArgumentError } from '../errors.ts'
import type { Client } from '../service/client.ts'
import { constant } from './arrivals.ts'
import { createLauncher } from './launcher.ts'
import { holdingTime, requireOptions, type OriginatorOptions } from './options.ts'
import { follow, type Schedule } from './schedule.ts'
import { createTally, type Progress, type RunSummary } from './tally.ts'

export type OriginatorState = 'INITIAL' | 'ORIGINATING' | 'STOPPED'

/** Places calls at a rate, and says what became of them. */
export interface Originator {
  readonly state: OriginatorState
  /** Starts, and yields its progress every `interval` ms until the last call is over. Once only. */
  run(interval?: number): AsyncIterable<Progress>
  /** No more calls; those that are up end by themselves. */
  stop(): void
  /** Stops, and hangs up this run's calls. */
  hupall(): Promise<void>
  summary(): RunSummary
}

/** An arrival that is later than this (ms) is not launched any more: it would be a burst, not a rate. */
const LATEST = 1000

/** Makes an originator over one node or several, which take turns. Throws ArgumentError for options that make no sense. */
export const createOriginator = (clients: readonly Client[], options: OriginatorOptions): Originator => {
  requireOptions(options)
  const { dest, rate = 30, limit = Infinity, maxOffered = Infinity, clock = systemClock, ...rest } = options
  const { duration = holdingTime(rate, limit), onCdr, ...originate } = rest
  const arrivals = constant(rate)
  const tally = createTally()
  let state: OriginatorState = 'INITIAL'
  let schedule: Schedule | undefined
  let started = 0
  let ended: number | undefined
  let finish: () => void
  const finished = new Promise<void>((resolve) => (finish = resolve))

  const settle = (): void => {
    if (state === 'STOPPED' && tally.active === 0) finish()
  }

  const launcher = createLauncher({
    clients,
    clock,
    dest,
    originate,
    duration,
    tally,
    over(cdr) {
      onCdr?.(cdr)
      settle()
    },
  })

  const arrive = (dueAt: number): boolean => {
    tally.offered++
    const inTime = clock.now() - dueAt <= LATEST
    if (inTime && tally.active < limit && launcher.ready) launcher.launch(dueAt)
    else tally.dropped++
    return tally.offered < maxOffered && launcher.ready
  }

  const stop = (): void => {
    schedule?.stop()
    state = 'STOPPED'
    settle()
  }

  const start = (): void => {
    if (state !== 'INITIAL')
      throw new ArgumentError('an originator runs once; make another one for another run')
    state = 'ORIGINATING'
    started = clock.now()
    schedule = follow(clock, arrivals, arrive)
    void schedule.over.then(stop)
  }

  /** `ms` milliseconds, or the end of the run. */
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, ms)
      void finished.then(() => {
        clock.clearTimeout(timer)
        resolve()
      })
    })

  async function* run(interval = 1000): AsyncGenerator<Progress> {
    start()
    try {
      do {
        await pause(interval)
        yield tally.progress(clock.now() - started)
      } while (state === 'ORIGINATING' || tally.active > 0)
    } finally {
      stop()
      ended = clock.now()
      launcher.close()
    }
  }

  return {
    get state() {
      return state
    },
    run,
    stop,
    async hupall() {
      stop()
      const { app } = originate
      await Promise.all(clients.map((client) => client.hupall(app === undefined ? {} : { app })))
    },
    summary() {
      const names = clients.map(({ name }) => name)
      return tally.summary((ended ?? clock.now()) - started, names)
    },
  }
}
