import type { Session } from '../../lib/model/session.ts'
import {
  channelEvent,
  onScriptedSwitch,
  type Scripted,
  type ScriptedOptions,
} from '../service/on-scripted-switch.ts'

/** A scripted switch with one session, A. */
export interface OneSession extends Scripted {
  readonly sess: Session
  /** Has the switch tell of these events of A. */
  happen(...names: string[]): Promise<void>
  /** Ends A. */
  end(cause?: string): Promise<void>
  /** The id of the last application that was sent to A. */
  lastId(): string
}

/** An application that A has finished: its CHANNEL_EXECUTE_COMPLETE. */
export const completed = (id: string, headers: Record<string, string> = {}): string =>
  channelEvent('CHANNEL_EXECUTE_COMPLETE', 'A', { 'Application-UUID': id, ...headers })

export const withOneSession = (
  run: (at: OneSession) => Promise<void>,
  options?: ScriptedOptions,
): Promise<void> =>
  onScriptedSwitch(async (at) => {
    await at.say(channelEvent('CHANNEL_CREATE', 'A'))
    const sess = at.client.session('A') as Session
    const end = (cause = 'NORMAL_CLEARING') =>
      at.say(
        channelEvent('CHANNEL_HANGUP', 'A', { 'Hangup-Cause': cause }),
        channelEvent('CHANNEL_DESTROY', 'A', { 'Hangup-Cause': cause }),
      )
    await run({
      ...at,
      sess,
      happen: (...names) => at.say(...names.map((name) => channelEvent(name, 'A'))),
      end,
      lastId: () => /\nEvent-UUID: (.*)/.exec(at.commands.at(-1) ?? '')?.[1] ?? '',
    })
  }, options)
