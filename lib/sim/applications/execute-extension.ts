import { isUp } from '../channel/channel.ts'
import { findRoute } from '../calls/route.ts'
import { separate } from '../calls/separate.ts'
import { inlineActions } from '../calls/transfer.ts'
import { nextSequence } from '../events/emit.ts'
import type { Application } from '../execution/execution.ts'
import { runApplication } from '../execution/run-application.ts'

/**
 * `execute_extension <extension> [<dialplan> [<context>]]`: what an extension does, within what the call does already
 * (`switch_core_session_execute_exten` in `src/switch_core_session.c`).
 */
export const executeExtension: Application = (sw, run) => {
  const { channel } = run
  const [extension = '', dialplan, context] = separate(run.arg, ' ', 4)
  const inline = (dialplan ?? channel.caller?.dialplan ?? '').toLowerCase() === 'inline'
  // The dialplan hunt of a real switch uses up a number here.
  if (!inline) nextSequence(sw)
  const actions = inline ? inlineActions(extension) : findRoute(sw, channel, extension, context).actions
  const rest = [...actions]
  const next = (): void => {
    const action = rest.shift()
    if (!action || !isUp(channel) || channel.redirect || run.ended) run.end()
    else runApplication(sw, channel, { app: action.app, arg: action.arg ?? '' }, next)
  }
  next()
}
