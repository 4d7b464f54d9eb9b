import type { EslEvent } from '../../esl/event.ts'
import { encodeWord } from '../../esl/encode/word.ts'
import { requireOneLine } from '../../esl/encode/one-line.ts'
import type { WaitOptions } from '../../flow/bounds.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { ask, perform } from '../perform.ts'
import { latestHeader } from '../state.ts'
import type { View } from '../view.ts'

export interface TransferOptions extends WaitOptions {
  /** Default `XML`. */
  readonly dialplan?: string | undefined
  /** The dialplan's context. Default: the channel's own. */
  readonly context?: string | undefined
}

/** The switch counts a channel's ways through the dialplan. */
const profileIndex = (event: EslEvent): number => Number(event.get('Caller-Profile-Index') ?? 0)

/** Sending a call elsewhere. */
export const transferVerbs = {
  /** Sends the call through the dialplan anew; resolves with its first event from there. */
  transfer(
    this: View,
    dest: string,
    { dialplan = 'XML', context, ...wait }: TransferOptions = {},
  ): Promise<EslEvent> {
    const { uuid, node } = this.state
    const before = Number(latestHeader(this.state, 'Caller-Profile-Index') ?? 0)
    // The new way's first sign, where it does not park or end at once.
    node.want(['CHANNEL_EXECUTE'])
    const to = [dest, dialplan, context ?? latestHeader(this.state, 'Caller-Context') ?? 'default']
    return perform(
      this,
      {
        what: 'transfer',
        send: (failed) =>
          node.commands.quietly.api(
            `uuid_transfer ${uuid} ${to.map((word) => encodeWord(requireOneLine('a destination', word))).join(' ')}`,
            wait,
            failed,
          ),
        done: (event) => profileIndex(event) > before,
      },
      wait,
    )
  },

  /** Asks the caller's own telephone to call `uri` instead (SIP REFER; a 302 before the answer). */
  deflect(this: View, uri: string, options?: ExecuteOptions): Promise<EslEvent> {
    return execute(this, 'deflect', uri, options)
  },

  /** Takes the switch out of the path of a bridged call's sound, or (`false`) puts it back. */
  bypassMedia(this: View, on = true): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'bypassMedia', () => node.commands.api(`uuid_media ${on ? 'off ' : ''}${uuid}`))
  },
}
