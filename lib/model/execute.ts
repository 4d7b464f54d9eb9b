import { encodeApplicationArgument } from '../esl/encode/application-argument.ts'
import { channelApi } from '../esl/encode/uuid.ts'
import type { EslEvent } from '../esl/event.ts'
import type { EventName } from '../esl/event-names.ts'
import { AbortedError, ArgumentError, CommandError, TimeoutError } from '../errors.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import { isInDoubt } from './doubt.ts'
import { forgetSent, isPending, noteSent, takeBack, type Execution } from './executions.ts'
import { perform } from './perform.ts'
import type { SessionState } from './state.ts'
import type { View } from './view.ts'

export interface ExecuteOptions extends WaitOptions {
  /** Breaks off what plays now, in place of waiting for its end (`uuid_break`). Default false. */
  readonly bargeIn?: boolean | undefined
  /** Lets `${…}` in the argument through, for the switch to expand. Default false. */
  readonly expand?: boolean | undefined
}

const ignore = (): void => undefined

/** The switch hangs a call up for an application that it does not have, so it is not even asked. */
const requireApplication = ({ state }: View, app: string): void => {
  const { applications, name } = state.node
  // `app::argument` without an argument of its own would be another application (switch_core_session.c:2774).
  if (!/^[\w.-]+$/.test(app))
    throw new ArgumentError(
      `expected the name of an application, of letters, digits and _ - ., got ${JSON.stringify(app)}`,
    )
  if (applications && !applications.has(app.toLowerCase()))
    throw new CommandError(
      app,
      `${name} has no such application, and would hang the call up; check its spelling and the modules that are loaded`,
      state.uuid,
    )
}

/** Applications that `uuid_break` ends; it would go on to break whatever comes after one that is over at once. */
const BREAKABLE = new Set(
  'playback play_and_get_digits say speak read record echo sleep gentones phrase'.split(' '),
)

/** How long after one `uuid_break` the next is sent, in ms: what asks for digits plays first, and listens then. */
const BREAK_AGAIN = 250

/** Breaks off an application until it is complete. */
const breakOff = (state: SessionState, execution: Execution): void => {
  const { node, uuid } = state
  if (!isPending(state, execution) || state.ended || state.hungup) return
  node.commands.api(`uuid_break ${uuid}`).catch(ignore)
  node.clock.setTimeout(() => breakOff(state, execution), BREAK_AGAIN, true)
}

/** What `execute` is told of an event: whether it completes the application, and what the switch runs it as. */
export interface Done {
  (event: EslEvent, completed: boolean, id: string): boolean
  /** The events that it looks at: asked for once the command's arguments are known to be good. */
  readonly wants?: readonly EventName[]
}

/**
 * Runs an application on the channel and waits until it is `done`: by default until its own CHANNEL_EXECUTE_COMPLETE,
 * known by the id that the switch gives back (`Application-UUID`). With `event-lock` the channel runs its commands in
 * the order they came; without it a second one begins inside the first (`switch_ivr_parse_event` in `src/switch_ivr.c`).
 * An argument that has to be checked first is given as a function: what it throws is what the command rejects with.
 *
 * With a timeout or a signal it is stopped at the switch when that is met, by `stop`: `uuid_break` for what plays, records or
 * listens, once it is its turn; an application that is over at once, or that `uuid_break` does not end, is left alone.
 */
export const execute = (
  view: View,
  app: string,
  arg: string | (() => string),
  { bargeIn = false, expand = false, ...wait }: ExecuteOptions = {},
  done: Done = (_, completed) => completed,
  stop: ((execution: Execution) => void) | undefined = BREAKABLE.has(app)
    ? (execution) => breakOff(view.state, execution)
    : undefined,
): Promise<EslEvent> => {
  const { state } = view
  const { uuid, node } = state
  const id = node.newId()
  let execution: Execution | undefined
  const completes = (event: EslEvent): boolean =>
    event.name === 'CHANNEL_EXECUTE_COMPLETE' && event.get('Application-UUID') === id
  // Which of its applications a channel runs, only this event tells for sure.
  const mayBeStopped = stop !== undefined && (wait.timeout !== undefined || wait.signal !== undefined)
  return perform(
    view,
    {
      what: app,
      execution: { app, id },
      send(failed) {
        requireApplication(view, app)
        const text = encodeApplicationArgument(app, typeof arg === 'string' ? arg : arg(), expand)
        if (mayBeStopped) node.want(['CHANNEL_EXECUTE'])
        if (done.wants) node.want(done.wants)
        const headers: [string, string][] = [
          ['call-command', 'execute'],
          ['execute-app-name', app],
        ]
        if (text !== '') headers.push(['execute-app-arg', text])
        headers.push(['Event-UUID', id], ['event-lock', 'true'])
        if (execution) forgetSent(state, execution)
        const sent = noteSent(state, app, id)
        execution = sent
        node.commands.quietly.sendmsg(uuid, headers, wait, (error) => {
          // Where the switch is only late with its answer, or the answer was lost, it may carry it out yet.
          const mayRun = error instanceof TimeoutError || error instanceof AbortedError || isInDoubt(error)
          if (!mayRun) forgetSent(state, sent)
          failed(error)
        })
        // After it: the channel must find its next command where it looks for it.
        if (bargeIn) node.commands.quietly.api(channelApi('uuid_break', uuid), wait, failed)
      },
      done: (event) => done(event, completes(event), id),
      takeBack: () => {
        const sent = execution
        if (sent && stop) takeBack(state, sent, () => stop(sent))
      },
    },
    wait,
  )
}
