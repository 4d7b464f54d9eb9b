import { isDialString, type DialString } from '../../esl/dial-string.ts'
import { ArgumentError } from '../../errors.ts'
import type { EslEvent } from '../../esl/event.ts'
import { requireName } from '../../esl/encode/address.ts'
import { channelApi } from '../../esl/encode/uuid.ts'
import { requireWord } from '../../esl/encode/word.ts'
import type { WaitOptions } from '../../flow/bounds.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { ask, perform } from '../perform.ts'
import { latestHeader } from '../state.ts'
import type { View } from '../view.ts'

export interface TransferOptions extends WaitOptions {
  /**
   * Default `XML`. `inline` runs the destination as applications, so that it has to be a `dialString(…)`: the program's own words,
   * such as `dialString('answer,playback:welcome.wav')`.
   */
  readonly dialplan?: string | undefined
  /** The dialplan's context. Default: the channel's own. */
  readonly context?: string | undefined
}

/** The switch counts a channel's ways through the dialplan. */
const profileIndex = (event: EslEvent): number => Number(event.get('Caller-Profile-Index') ?? 0)

/** `-bleg` and `-both` say which legs are transferred (`transfer_function`, mod_commands.c:2993). */
const requireExtension = (dest: string): string => {
  const word = requireWord('a destination', dest)
  if (dest.startsWith('-'))
    throw new ArgumentError(
      `expected a destination that does not begin with "-", which the switch takes for an option, got ${JSON.stringify(dest)}`,
    )
  return word
}

/**
 * One contact: the switch cuts a redirection at commas and takes a second word for the cause (mod_sofia.c:2171), and writes 1023
 * bytes of it at most (:1539).
 */
const requireContact = (uri: string): string => {
  if (!/^[^\s,<>"'\\]{1,1000}$/.test(uri) || Buffer.byteLength(uri) > 1000)
    throw new ArgumentError(
      `expected a URI of 1000 bytes at the most without blanks, commas, quotes, backslashes, < and >, got ${JSON.stringify(uri)}`,
    )
  return uri
}

/** The inline dialplan runs what it is given: no text from a call. */
const extensionOf = (dest: string | DialString, dialplan: string): string => {
  const isInline = /(?:^|,) *inline\b/i.test(dialplan)
  if (isInline === isDialString(dest)) return String(dest)
  throw new ArgumentError(
    isInline
      ? `expected a dialString(…) for the dialplan inline, which runs it as applications, got ${JSON.stringify(dest)}`
      : `expected an extension as a text, got a dial string: ${String(dest)}`,
  )
}

/** Sending a call elsewhere. */
export const transferVerbs = {
  /**
   * Sends the call through the dialplan anew; resolves with its first event from there: of several transfers each with its own.
   * It cannot be taken back: `timeout` and `signal` end the wait only.
   */
  transfer(
    this: View,
    dest: string | DialString,
    { dialplan = 'XML', context, ...wait }: TransferOptions = {},
  ): Promise<EslEvent> {
    const { state } = this
    const { uuid, node } = state
    // Those that were sent before this one, and of which nothing has come yet, count too.
    const known = Number(latestHeader(state, 'Caller-Profile-Index') ?? 0)
    const index = Math.max(known, state.transferredTo) + 1
    state.transferredTo = index
    const settle = (): void => {
      if (state.transferredTo === index) state.transferredTo = 0
    }
    const command = (): string => {
      const at = context ?? latestHeader(state, 'Caller-Context') ?? 'default'
      const extension = requireExtension(extensionOf(dest, dialplan))
      const words = [extension, requireName('a dialplan', dialplan), requireWord('a context', at)]
      const encoded = channelApi('uuid_transfer', uuid, ...words)
      // The new way's first sign, where it does not park or end at once.
      node.want(['CHANNEL_EXECUTE'])
      return encoded
    }
    return perform(
      this,
      {
        what: 'transfer',
        send: (failed) =>
          node.commands.quietly.api(command(), wait, (error) => {
            settle()
            failed(error)
          }),
        done: (event) => {
          if (profileIndex(event) < index) return false
          settle()
          return true
        },
      },
      wait,
    )
  },

  /** Asks the caller's own telephone to call `uri` instead (SIP REFER; a 302 before the answer). */
  deflect(this: View, uri: string, options?: ExecuteOptions): Promise<EslEvent> {
    return execute(this, 'deflect', () => requireContact(uri), options)
  },

  /** Takes the switch out of the path of a bridged call's sound, or (`false`) puts it back. */
  bypassMedia(this: View, on = true): Promise<string> {
    const { uuid, node } = this.state
    return ask(this, 'bypassMedia', async () =>
      node.commands.api(channelApi(on ? 'uuid_media off' : 'uuid_media', uuid)),
    )
  },
}
