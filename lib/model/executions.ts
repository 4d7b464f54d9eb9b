import type { EslEvent } from '../esl/event.ts'
import type { SessionState } from './state.ts'

/** An application that was sent to a channel and is not complete. */
export interface Execution {
  readonly app: string
  /** Comes back as `Application-UUID`. */
  readonly id: string
  /** Its CHANNEL_EXECUTE has come; not known where nobody subscribed to that. */
  started: boolean
  /** How many legs the call had when its turn came: those after that are what it has dialled. */
  legsBefore: number
  /** Stops it; set once nobody wants it any more. */
  takeBack: (() => void) | undefined
}

const countLegs = ({ call }: SessionState): number => call?.legs.length ?? 0

/**
 * A channel runs what it is sent one after the other (`event-lock`), so the first that is not complete is the one that
 * runs, as soon as it is through with what others had it do.
 */
export const noteSent = (state: SessionState, app: string, id: string): Execution => {
  const execution: Execution = { app, id, started: false, legsBefore: countLegs(state), takeBack: undefined }
  state.executions ??= []
  state.executions.push(execution)
  return execution
}

/** The switch did not take it. */
export const forgetSent = ({ executions }: SessionState, execution: Execution): void => {
  const at = executions?.indexOf(execution) ?? -1
  if (at >= 0) executions?.splice(at, 1)
}

/** Whether it was sent and has not completed, as far as is known. */
export const isPending = ({ executions }: SessionState, execution: Execution): boolean =>
  executions?.includes(execution) ?? false

/** Takes in a CHANNEL_EXECUTE or CHANNEL_EXECUTE_COMPLETE of the session. */
export const noteExecution = (state: SessionState, event: EslEvent): void => {
  const { executions } = state
  if (executions === undefined || executions.length === 0) return
  const id = event.get('Application-UUID')
  const at = executions.findIndex((each) => each.id === id)
  const execution = executions[at]
  if (!execution) return
  if (event.name === 'CHANNEL_EXECUTE_COMPLETE') {
    // Those before it are complete, too: an event that was lost must not keep them for ever.
    executions.splice(0, at + 1)
    const [next] = executions
    if (next) next.legsBefore = countLegs(state)
    return
  }
  execution.started = true
  execution.legsBefore = countLegs(state)
  execution.takeBack?.()
}

/** The bridge that runs now, or is the first to. */
export const firstBridge = ({ executions }: SessionState): Execution | undefined =>
  executions?.find(({ app }) => app === 'bridge')

/** Whether it is known to run: by its CHANNEL_EXECUTE, or else by its turn. */
const isRunning = (state: SessionState, execution: Execution): boolean =>
  execution.started || (state.executions?.[0] === execution && !state.node.hasAskedFor('CHANNEL_EXECUTE'))

/**
 * Stops an execution that nobody waits for any more: now where it runs, else as soon as its turn has come. One that is complete
 * is left alone, and so is whatever else the channel does.
 */
export const takeBack = (state: SessionState, execution: Execution, stop: () => void): void => {
  if (!isPending(state, execution) || state.ended) return
  execution.takeBack = stop
  if (isRunning(state, execution)) stop()
  else state.node.want(['CHANNEL_EXECUTE'])
}
