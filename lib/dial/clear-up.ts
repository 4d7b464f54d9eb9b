import debug from 'debug'
import type { Clock } from '../clock.ts'
import { within } from '../service/shut-down.ts'
import {
  hangUpLater,
  hangUpRun,
  HURRIED_REPLY_TIMEOUT_MS,
  keepHangingUp,
  REPLY_TIMEOUT_MS,
  type HangUpOptions,
} from './nodes/hang-up.ts'
import type { NodeLoad } from './nodes/node-load.ts'

const log = debug('switchix:dial')

export interface ClearUpOptions extends HangUpOptions {
  readonly loads: readonly NodeLoad[]
  readonly clock: Clock
  /** Whether no call of the run is up any more, as far as we know. */
  readonly over: () => boolean
  /** Resolves when the run has ended. */
  readonly finished: Promise<void>
}

/** Sees to it that nothing of a run is left on its switches. */
export interface ClearUp {
  /** How long a call that a switch was given, and has said nothing of, may come up, in ms. */
  readonly patience: number
  /** Hangs up the calls of the run, and until `stop` those that come up after it. Rejects where a switch cannot be told. */
  hangUp(): Promise<void>
  /** The run has ended. */
  stop(): void
  /** For the end: what is up is hung up, or may come up; by the switches themselves where that is after we are gone. */
  finish(): Promise<void>
}

/** The patience: usually, and once all are to be hung up, in ms. */
const PATIENCE = 30_000
const SHORT_PATIENCE = 5000

/** How long what is hung up at the very end gets to be gone, in ms. */
const LAST_CALLS = 2000

export const createClearUp = (options: ClearUpOptions): ClearUp => {
  const { loads, nodes, clock, over, finished } = options
  let stop: (() => void) | undefined

  const hangUp = async (): Promise<void> => {
    if (!over()) stop ??= keepHangingUp(options, clock)
    await hangUpRun(options)
  }

  const on = (some: readonly NodeLoad[]): HangUpOptions => ({
    ...options,
    nodes: nodes.filter((_, i) => some.includes(loads[i] as NodeLoad)),
  })

  return {
    get patience() {
      return stop ? SHORT_PATIENCE : PATIENCE
    },
    hangUp,
    stop: () => stop?.(),
    async finish() {
      const hurried = stop !== undefined
      if (!over()) {
        hangUp().catch((error: unknown) => log('hanging up: %O', error))
        await within(clock, finished, LAST_CALLS)
        stop?.()
      }
      const late = loads.filter(({ active, unknown, left }) => active > 0 || unknown > 0 || left > 0)
      const doubtful = loads.filter((load) => load.doubtful && !late.includes(load))
      const reply = hurried ? HURRIED_REPLY_TIMEOUT_MS : REPLY_TIMEOUT_MS
      await Promise.all([hangUpLater(on(late), reply), within(clock, hangUpRun(on(doubtful)), LAST_CALLS)])
    },
  }
}
