import type { Channel } from '../channel/channel.ts'
import { emit, isWanted } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { headerLine, knownLines } from '../events/known-lines.ts'
import type { HeardDigit } from '../media/digits.ts'
import { expectDigits } from '../media/hear-digits.ts'
import { KINDS } from '../events/kinds.ts'
import { sendingChanged, type Playing } from '../media/sending.ts'
import type { Switch } from '../core/switch.ts'
import { getVariable, setOwn } from '../channel/variables.ts'

/** An application that runs on a channel. */
export interface Execution {
  readonly channel: Channel
  readonly app: string
  readonly arg: string
  readonly uuid: string
  /** Ends it: CHANNEL_EXECUTE_COMPLETE, with the response that was set, or `_none_`. A second time does nothing. */
  end(response?: string): void
  /** Makes it end: by `uuid_break`, or because the channel has hung up. */
  stop(why: 'hangup' | 'break'): void
  /** Another application begins on top of it, and has ended. */
  onPause: (() => void) | undefined
  onResume: (() => void) | undefined
  /** What the application does to stop; without it, it just ends. A park takes no notice of a break. */
  onStop: ((why: 'hangup' | 'break') => void) | undefined
  /** A digit has come: `take` takes it, with its event. An application without this leaves digits to the next one. */
  onDigit: ((take: () => HeardDigit | undefined) => void) | undefined
  /** No connection controls the channel any longer: a park, which waits for one, ends. */
  onUncontrolled: (() => void) | undefined
  /** Whether it goes on after a hangup until it ends by itself: a connection that carries out its commands itself. */
  outlives: boolean
  /** What it plays now. */
  playing: Playing | undefined
  /** Whether another one runs on top of it. */
  paused: boolean
  ended: boolean
}

/** Runs an application: it calls `run.end()`, at once or later. */
export type Application = (sw: Switch, run: Execution) => void

const APPLICATION = knownLines('Application')
const DATA = knownLines('Application-Data')
const RESPONSE = knownLines('Application-Response')

const begun = ({ app, arg, uuid }: Pick<Execution, 'app' | 'arg' | 'uuid'>): string =>
  headerLine(APPLICATION, app) + headerLine(DATA, arg) + header('Application-UUID', uuid)

const completed = ({ app, arg, uuid, channel }: Execution): string =>
  headerLine(APPLICATION, app) +
  headerLine(DATA, arg) +
  headerLine(RESPONSE, getVariable(channel, 'current_application_response') ?? '_none_') +
  header('Application-UUID', uuid)

/** What runs innermost waits for the one that begins on top of it. */
const hold = ({ executions }: Channel): void => {
  const top = executions.at(-1)
  if (!top || top.paused) return
  top.paused = true
  top.onPause?.()
}

/** It goes on, unless the next one has begun already. */
const goOn = ({ executions }: Channel): void => {
  const top = executions.at(-1)
  if (!top?.paused) return
  top.paused = false
  top.onResume?.()
}

/** The record of an application that runs; `ended` is called once, when it has, with its response. */
export const createExecution = (
  sw: Switch,
  channel: Channel,
  { app, arg, uuid }: Pick<Execution, 'app' | 'arg' | 'uuid'>,
  ended: (run: Execution, response: string | undefined) => void,
): Execution => {
  const run: Execution = {
    channel,
    app,
    arg,
    uuid,
    onPause: undefined,
    onResume: undefined,
    onStop: undefined,
    onDigit: undefined,
    onUncontrolled: undefined,
    outlives: false,
    playing: undefined,
    paused: false,
    ended: false,
    end(response) {
      if (run.ended) return
      run.ended = true
      const at = channel.executions.lastIndexOf(run)
      if (at >= 0) channel.executions.splice(at, 1)
      sendingChanged(channel)
      ended(run, response)
      if (channel.ended) return
      goOn(channel)
      expectDigits(sw, channel)
    },
    stop(why) {
      if (run.onStop) run.onStop(why)
      if (why === 'hangup') run.end()
    },
  }
  return run
}

/**
 * Runs an application on a channel, with its two events (`switch_core_session_exec` in `src/switch_core_session.c`).
 * `done` is called when it has ended.
 */
export const execute = (
  sw: Switch,
  channel: Channel,
  application: Application,
  what: { app: string; arg: string; uuid?: string | undefined },
  done: () => void,
): void => {
  const { app, arg } = what
  const uuid = what.uuid ?? sw.random.uuid()
  channel.lastApp = [app, arg]
  channel.appLog.push({ app, arg, at: sw.clock.now() })
  setOwn(channel, 'current_application', app)
  setOwn(channel, 'current_application_data', arg)
  setOwn(channel, 'current_application_response', '')
  emit(sw, KINDS.execute, channel, '', isWanted(sw, KINDS.execute) ? begun({ app, arg, uuid }) : '')
  setOwn(channel, 'current_application', app)
  hold(channel)
  const run = createExecution(sw, channel, { app, arg, uuid }, (ended, response) => {
    if (response !== undefined) setOwn(channel, 'current_application_response', response)
    emit(sw, KINDS.executeComplete, channel, '', isWanted(sw, KINDS.executeComplete) ? completed(ended) : '')
    done()
  })
  channel.executions.push(run)
  sendingChanged(channel)
  application(sw, run)
  expectDigits(sw, channel)
}
