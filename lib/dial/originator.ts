import type { TimerHandle } from '../clock.ts'
import { ArgumentError } from '../errors.ts'
import { createClearUp } from './clear-up.ts'
import { createHealthMeter } from './health/health.ts'
import { holdOf } from './hold.ts'
import { createLauncher, LATEST } from './launcher.ts'
import { settleMeasures, type RunMeasure } from './measurers.ts'
import type { DialNode, DialTarget } from './nodes/dial-nodes.ts'
import { stopWithoutNodes } from './nodes/without-nodes.ts'
import { hangUpAll, hangUpCommands } from './nodes/hang-up.ts'
import { takeTurns } from './nodes/node-load.ts'
import type { OriginatorOptions } from './options.ts'
import { prepare, type Prepared } from './prepare.ts'
import { createRandom } from './random.ts'
import { createReport } from './report.ts'
import { follow, type Schedule } from './schedule.ts'
import { requireSettings, settingsForApps, type Settings } from './settings.ts'
import type { Progress, RunSummary } from './summary.ts'
import { createTally } from './tally.ts'

/** INITIAL until `start`, ORIGINATING while calls are placed (or it is paused), STOPPED after that. */
export type OriginatorState = 'INITIAL' | 'ORIGINATING' | 'STOPPED'

/** Places calls at a rate, and says what became of them. */
export interface Originator extends AsyncDisposable {
  readonly state: OriginatorState
  readonly paused: boolean
  /** Begins to place calls. Once only. */
  start(): void
  /**
   * Starts, unless it has, and yields its progress every `interval` ms until the last call is over. Rejects where the fields
   * or the arrivals of the calls cannot be had any more; then, too, the calls that are up have ended.
   */
  run(interval?: number): AsyncIterable<Progress>
  /** Resolves when it has stopped and the last call is over. Rejects as `run`. */
  readonly ended: Promise<void>
  /** No more calls; those that are up end by themselves. */
  stop(): void
  /** No more calls until `resume`; no arrival is made up for then. */
  pause(): void
  resume(): void
  /**
   * Stops, and hangs up this run's calls, those that come up later, too. Those that the switch has not said to be over 10.5 s
   * later are counted as lost, with a warning: the run ends then.
   */
  hupall(): Promise<void>
  /** Stops, and hangs up all calls that its clients have placed or taken, of this run or not. */
  hardHupall(): Promise<void>
  readonly settings: Settings
  /** Changes the load, while it runs too; the apps learn of it. Throws ArgumentError, and changes nothing then. */
  set(changes: Partial<Settings>): void
  progress(): Progress
  summary(): RunSummary
  /** The switches that it places calls on, and where the calls go. */
  readonly nodes: readonly DialNode[]
  /** What its apps and measurers measure; each row is told to `measure.onRow`. */
  readonly measures: readonly RunMeasure[]
  /** What the user should know before it starts: limits of the switches that are too low. */
  readonly warnings: readonly string[]
  /**
   * Stops, hangs up what is left, puts the limits back, unloads its apps, and closes what it opened. A switch that may place
   * calls of the run yet (it was stalled, and did not say what became of them) is told to hang them up a minute later, and
   * gets 10 s to take that in.
   */
  close(): Promise<void>
}

/**
 * Makes an originator over one switch or several, which take turns: clients, or hosts to connect to. Its app is the id of
 * a loaded one, or an app that it loads itself. Rejects with ArgumentError for options that make no sense, and as
 * `connect` and `load` do.
 */
export const createOriginator = async (
  targets: readonly DialTarget[],
  options: OriginatorOptions,
): Promise<Originator> => {
  const prepared = await prepare(targets, options)
  const originator = originatorOver(prepared, options)
  try {
    // The apps are given the run that they are loaded for.
    await prepared.load({ originator })
  } catch (error) {
    await originator.close()
    throw error
  }
  return originator
}

/** How long the calls of a run get to be gone once they are to be hung up, in ms; most lost ends are found by then. */
const HANGUP_TIMEOUT_MS = 10_500

const originatorOver = (prepared: Prepared, options: OriginatorOptions): Originator => {
  const { nodes, loads, apps, clock, traffic, timetable, care, seed } = prepared
  const random = createRandom(seed, 'hold')
  const tally = createTally()
  const health = createHealthMeter(clock)
  const nextNode = takeTurns(loads)
  let { limit = Infinity, nodeLimit = Infinity, maxOffered = Infinity, duration } = options
  let state: OriginatorState = 'INITIAL'
  let schedule: Schedule | undefined
  let failure: { readonly error: unknown } | undefined
  /** After `hupall`: when the ends of calls are not waited for any longer. */
  let leaving: TimerHandle | undefined
  let finish: () => void
  /** Ends the wait of `run`. */
  let wake: () => void = () => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  const ended = finished.then(async () => {
    await settleMeasures(prepared.measures)
    if (failure) throw failure.error
  })
  // `run` tells of it, too.
  ended.catch(() => undefined)

  const rate = (): number => (traffic.rates && schedule ? schedule.rate : timetable.rateAt(0))
  const report = createReport({
    tally,
    health,
    loads,
    clock,
    rate: () => (state === 'ORIGINATING' && !originator.paused ? rate() : 0),
    seed,
    warnings: care.warnings,
    thresholds: options.thresholds ?? [],
    measures: prepared.measures,
    failure: () => failure,
    hangUp: hangUpCommands(prepared),
  })

  const settings = (): Settings => ({
    rate: rate(),
    limit,
    nodeLimit,
    maxOffered,
    duration,
    weights: apps.weights,
  })
  const tellApps = (): void => apps.tell(settingsForApps(settings()))

  const settle = (): void => {
    if (state !== 'STOPPED' || tally.active > 0) return
    report.ended()
    clearUp.stop()
    clock.clearTimeout(leaving)
    health.stop()
    launcher.close()
    stopListening()
    finish()
    wake()
  }

  /** No more arrivals; those that there were may wait for their turn yet. */
  const offerNoMore = (): void => {
    if (state === 'STOPPED') return
    state = 'STOPPED'
    report.stopped()
    schedule?.stop()
    settle()
  }

  const stop = (): void => {
    offerNoMore()
    launcher.clear()
  }

  const fail = (error: unknown): void => {
    failure ??= { error }
    stop()
  }

  const clearUp = createClearUp({ ...prepared, over: () => tally.active === 0, finished })
  const launcher = createLauncher({
    ...prepared,
    nodes: loads,
    tally,
    health,
    hold: () => holdOf({ rate: rate(), limit, duration }, random),
    patience: () => clearUp.patience,
    gone: settle,
    exhausted: (error) => (error === undefined ? offerNoMore() : fail(error)),
    onCdr: options.onCdr,
    over: settle,
  })

  const arrive = (dueAt: number): boolean => {
    tally.offer()
    const node = nextNode(nodeLimit)
    if (clock.now() - dueAt > LATEST) tally.drop('late', dueAt)
    else if (tally.active >= limit) tally.drop('limit', dueAt)
    else if (typeof node === 'string') tally.drop(node, dueAt)
    else launcher.launch(node, dueAt)
    return tally.offered < maxOffered
  }

  const stopListening = stopWithoutNodes(nodes, clock, () => stop())

  const start = (): void => {
    if (state !== 'INITIAL')
      throw new ArgumentError('an originator runs once; make another one for another run')
    state = 'ORIGINATING'
    schedule = follow(clock, timetable, arrive, options.runFor)
    report.started()
    schedule.over.then(offerNoMore, fail)
    tellApps()
  }

  /** `ms` milliseconds, or the end of the run. */
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, ms)
      wake = () => {
        clock.clearTimeout(timer)
        resolve()
      }
    })

  const progress = (): Progress =>
    report.progress(state, state === 'ORIGINATING' ? rate() : 0, originator.paused)

  async function* run(interval = 1000): AsyncGenerator<Progress> {
    start()
    try {
      do {
        await wait(interval)
        yield progress()
      } while (state === 'ORIGINATING' || tally.active > 0)
      await ended
    } finally {
      stop()
    }
  }

  const setRate = (wanted: number): void => {
    const now = rate()
    const scale = traffic.rates ? (timetable.scale * wanted) / now : wanted
    if (!Number.isFinite(scale))
      throw new ArgumentError(
        Number.isNaN(now)
          ? 'the traffic does not tell its rate, so it cannot be changed'
          : `the traffic has no rate at this time, so it cannot be made ${wanted}`,
      )
    if (schedule) schedule.rescale(scale)
    else timetable.rescale(0, scale)
  }

  const set = (changes: Partial<Settings>): void => {
    requireSettings(changes)
    if (changes.weights) apps.weigh(changes.weights)
    if (changes.rate !== undefined) setRate(changes.rate)
    limit = changes.limit ?? limit
    nodeLimit = changes.nodeLimit ?? nodeLimit
    maxOffered = changes.maxOffered ?? maxOffered
    if ('duration' in changes) duration = changes.duration
    tellApps()
    if (tally.offered >= maxOffered) offerNoMore()
  }

  const hupall = async (): Promise<void> => {
    stop()
    const told = clearUp.hangUp()
    launcher.hurry()
    if (tally.active > 0) leaving ??= clock.setTimeout(() => launcher.leave(), HANGUP_TIMEOUT_MS)
    await told
  }

  const shut = async (): Promise<void> => {
    stop()
    await clearUp.finish()
    await prepared.close()
  }

  const originator: Originator = {
    get state() {
      return state
    },
    get paused() {
      return state === 'ORIGINATING' && (schedule?.paused ?? false)
    },
    start,
    run,
    ended,
    stop,
    pause: () => schedule?.pause(),
    resume: () => schedule?.resume(),
    hupall,
    async hardHupall() {
      await Promise.all([hupall(), hangUpAll(prepared)])
    },
    get settings() {
      return settings()
    },
    set,
    progress,
    summary: () => report.summary(),
    nodes,
    measures: prepared.measures,
    warnings: care.warnings,
    close: shut,
    [Symbol.asyncDispose]: shut,
  }
  return originator
}
