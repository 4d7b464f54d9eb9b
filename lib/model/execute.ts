import { requireNoExpansion } from '../esl/command.ts'
import type { EslEvent } from '../esl/event.ts'
import type { WaitOptions } from '../flow/mailbox.ts'
import { perform } from './perform.ts'
import type { View } from './view.ts'

export interface ExecuteOptions extends WaitOptions {
  /** Begins at once, in the midst of what runs now, in place of waiting its turn. Default false. */
  readonly bargeIn?: boolean | undefined
  /** Lets `${…}` in the argument through, for the switch to expand. Default false. */
  readonly expand?: boolean | undefined
}

/**
 * Runs an application on the channel and waits until it is `done`: by default until its own CHANNEL_EXECUTE_COMPLETE,
 * known by the id that the switch gives back (`Application-UUID`). With `event-lock` the channel runs its commands in
 * the order they came; without it a second one begins inside the first (`switch_ivr_parse_event` in `src/switch_ivr.c`).
 */
export const execute = (
  view: View,
  app: string,
  arg: string,
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
      async send() {
        if (!expand) requireNoExpansion(`the argument of ${app}`, arg)
        const headers: [string, string][] = [
          ['call-command', 'execute'],
          ['execute-app-name', app],
        ]
        if (arg !== '') headers.push(['execute-app-arg', arg])
        headers.push(['Event-UUID', id])
        if (!bargeIn) headers.push(['event-lock', 'true'])
        await node.commands.sendmsg(uuid, headers, wait)
      },
      done: (event) => done(event, completes(event)),
    },
    wait,
  )
}
