import { systemClock } from '../clock.ts'
import { ArgumentError } from '../errors.ts'
import type { OriginateOptions } from '../service/client.ts'
import { constant, type Arrivals } from './arrivals.ts'
import { prepareNodes, type DialNode, type DialNodes, type DialTarget } from './dial-nodes.ts'
import { createLauncher } from './launcher.ts'
import { holdOf, requireOptions, type OriginatorOptions } from './options.ts'
import { follow, type Schedule } from './schedule.ts'
import { createTally, type Progress, type RunSummary } from './tally.ts'

export type OriginatorState = 'INITIAL' | 'ORIGINATING' | 'STOPPED'

/** Places calls at a rate, and says what became of them. */
export interface Originator extends AsyncDisposable {
  readonly state: OriginatorState
  /** Starts, and yields its progress every `interval` ms until the last call is over. Once only. */
  run(interval?: number): AsyncIterable<Progress>
  /** No more calls; those that are up end by themselves. */
  stop(): void
  /** Stops, and hangs up this run's calls. */
  hupall(): Promise<void>
  summary(): RunSummary
  /** The switches that it places calls on, and where the calls go. */
  readonly nodes: readonly DialNode[]
  /** Stops, hangs up what is left, unloads its app and closes the connections that it opened. */
  close(): Promise<void>
}

/** An arrival that is later than this (ms) is not launched any more: it would be a burst, not a rate. */
const LATEST = 1000

/**
 * Makes an originator over one switch or several, which take turns: clients, or hosts to connect to. Its app is the id of
 * a loaded one, or an app that it loads itself. Rejects with ArgumentError for options that make no sense, and as
 * `connect` and `load` do.
 */
export const createOriginator = async (
  targets: readonly DialTarget[],
  options: OriginatorOptions,
): Promise<Originator> => {
  requireOptions(options)
  const { rate = 30, app, dest, profile, connect } = options
  const arrivals = constant(rate)
  const prepared = await prepareNodes(targets, { app, dest, profile, connect })
  return originatorOver(prepared, arrivals, options)
}

const originatorOver = (
  { nodes, appId, appName, close }: DialNodes,
  arrivals: Arrivals,
  options: OriginatorOptions,
): Originator => {
  const { limit = Infinity, maxOffered = Infinity, clock = nodes[0]?.client.clock ?? systemClock } = options
  const { onCdr, profile } = options
  const originate: OriginateOptions = { ...options, app: appId, profile }
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
    nodes,
    clock,
    originate,
    appName,
    hold: holdOf(options),
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

  const hupall = async (): Promise<void> => {
    stop()
    const which = appId === undefined ? {} : { app: appId }
    await Promise.all(nodes.map(({ client }) => client.hupall(which)))
  }

  const shut = async (): Promise<void> => {
    if (tally.active > 0) await hupall()
    stop()
    await close()
  }

  return {
    get state() {
      return state
    },
    run,
    stop,
    nodes,
    hupall,
    summary() {
      const names = nodes.map(({ client }) => client.name)
      return tally.summary((ended ?? clock.now()) - started, names)
    },
    close: shut,
    [Symbol.asyncDispose]: shut,
  }
}
