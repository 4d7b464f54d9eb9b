import { encodeApplicationArgument } from '../esl/encode/application-argument.ts'
import type { EslEvent } from '../esl/event.ts'
import { CommandError } from '../errors.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import { perform } from './perform.ts'
import type { View } from './view.ts'

export interface ExecuteOptions extends WaitOptions {
  /** Breaks off what plays now, in place of waiting for its end (`uuid_break`). Default false. */
  readonly bargeIn?: boolean | undefined
  /** Lets `${…}` in the argument through, for the switch to expand. Default false. */
  readonly expand?: boolean | undefined
}

/** The switch hangs a call up for an application that it does not have, so it is not even asked. */
const requireApplication = ({ state }: View, app: string): void => {
  const { applications, name } = state.node
  if (applications && !applications.has(app.toLowerCase()))
    throw new CommandError(
      app,
      `${name} has no such application, and would hang the call up; check its spelling and the modules that are loaded`,
      state.uuid,
    )
}

/**
 * Runs an application on the channel and waits until it is `done`: by default until its own CHANNEL_EXECUTE_COMPLETE,
 * known by the id that the switch gives back (`Application-UUID`). With `event-lock` the channel runs its commands in
 * the order they came; without it a second one begins inside the first (`switch_ivr_parse_event` in `src/switch_ivr.c`).
 * An argument that has to be checked first is given as a function: what it throws is what the command rejects with.
 */
export const execute = (
  view: View,
  app: string,
  arg: string | (() => string),
  { bargeIn = false, expand = false, ...wait }: ExecuteOptions = {},
  done: (event: EslEvent, completed: boolean) => boolean = (_, completed) => completed,
): Promise<EslEvent> => {
  const { uuid, node } = view.state
  const id = node.newId()
  const completes = (event: EslEvent): boolean =>
    event.name === 'CHANNEL_EXECUTE_COMPLETE' && event.get('Application-UUID') === id
  return perform(
    view,
    {
      what: app,
      execution: { app, id },
      send(failed) {
        requireApplication(view, app)
        const text = encodeApplicationArgument(app, typeof arg === 'string' ? arg : arg(), expand)
        const headers: [string, string][] = [
          ['call-command', 'execute'],
          ['execute-app-name', app],
        ]
        if (text !== '') headers.push(['execute-app-arg', text])
        headers.push(['Event-UUID', id], ['event-lock', 'true'])
        node.commands.quietly.sendmsg(uuid, headers, wait, failed)
        // After it: the channel must find its next command where it looks for it.
        if (bargeIn) node.commands.quietly.api(`uuid_break ${uuid}`, wait, failed)
      },
      done: (event) => done(event, completes(event)),
    },
    wait,
  )
}
