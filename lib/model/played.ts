import { CommandError } from '../errors.ts'
import type { EslEvent } from '../esl/event.ts'
import type { EventName } from '../esl/event-names.ts'
import type { Done } from './execute.ts'
import type { View } from './view.ts'

/** What tells of sound: asked for by the verbs that make it, so that a flow can wait for it however late. */
const PLAYBACK_EVENTS: readonly EventName[] = ['PLAYBACK_START', 'PLAYBACK_STOP']

/** How an application says that it could not play (`playback_function` in `src/mod/applications/mod_dptools/mod_dptools.c`). */
const FAILURES = new Set(['FILE NOT FOUND', 'PLAYBACK ERROR', 'UNKNOWN ERROR'])

const failed = ({ state }: View, app: string, reply: string, event: EslEvent): CommandError =>
  new CommandError(
    app,
    `${reply}: ${event.get('Application-Data') ?? ''}; check the path, and the sounds and modules of ${state.node.name}`,
    state.uuid,
  )

/**
 * When an application that plays is done: with its completion, unless that says that it could not be played. A channel that hangs
 * up meanwhile is told as a PLAYBACK ERROR, too; then the end of the session is what the verb rejects with.
 */
export const played = (view: View, app: string): Done => {
  const done = (event: EslEvent, completed: boolean): boolean => {
    if (!completed) return false
    const reply = event.get('Application-Response') ?? ''
    if (!FAILURES.has(reply)) return true
    if (view.state.hungup) return false
    throw failed(view, app, reply, event)
  }
  return Object.assign(done, { wants: PLAYBACK_EVENTS })
}

/** What counts for an application that does not say whether it could play. */
interface Hearing {
  /** Whether this PLAYBACK_START is one that was wanted. Default: any is. */
  readonly isWanted?: (event: EslEvent) => boolean
  /** Whether a completion needs no sound. Default: none is without. */
  readonly isEnough?: (event: EslEvent) => boolean
}

/** The same for an application that does not say it: where nothing that was wanted began to play by its completion, it has failed. */
export const heard = (
  view: View,
  app: string,
  { isWanted = () => true, isEnough = () => false }: Hearing = {},
): Done => {
  const done = played(view, app)
  let started = false
  const isDone = (event: EslEvent, completed: boolean, id: string): boolean => {
    started ||= event.name === 'PLAYBACK_START' && isWanted(event)
    if (!done(event, completed, id)) return false
    if (started || isEnough(event)) return true
    if (view.state.hungup) return false
    throw failed(view, app, 'nothing was played', event)
  }
  return Object.assign(isDone, { wants: PLAYBACK_EVENTS })
}
