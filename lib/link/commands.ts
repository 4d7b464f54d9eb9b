import {
  encodeApi,
  encodeBgapi,
  encodeEvent,
  encodeLine,
  encodeNixevent,
  encodeSendmsg,
} from '../esl/command.ts'
import type { EventFormat } from '../esl/frames.ts'
import { ApiError, CommandError } from '../errors.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import type { Reply } from './replies.ts'

/**
 * The commands of a connection. They may be sent without waiting; replies are matched in order. All reject with
 * ConnectionLostError, TimeoutError or AbortedError, and with ArgumentError before anything is sent.
 */
export interface Commands {
  /** Runs an API on the socket's own thread, where nothing else goes on meanwhile. Rejects with ApiError. */
  api(command: string, options?: WaitOptions): Promise<string>
  /** Starts a background job under our own id; its result comes as BACKGROUND_JOB. */
  bgapi(command: string, jobUuid: string, options?: WaitOptions): Promise<void>
  /** Queues a message to a channel. Rejects with CommandError where there is no such channel. */
  sendmsg(
    uuid: string,
    headers: readonly (readonly [name: string, value: string])[],
    options?: WaitOptions,
  ): Promise<void>
  event(format: EventFormat, names: readonly string[], options?: WaitOptions): Promise<void>
  nixevent(names: readonly string[], options?: WaitOptions): Promise<void>
  /** Any other command; its reply, whatever it says. */
  command(line: string, options?: WaitOptions): Promise<Reply>
}

/** Sends an encoded command; `what` names it in errors. */
export type Send = (what: string, encoded: string, options: WaitOptions | undefined) => Promise<Reply>

const NO_OUTPUT = '-ERR no reply'

/** The body of an api response; an error in it, or a usage, becomes an ApiError. Empty output is `''`. */
const apiResult = (command: string, body: string): string => {
  const text = body.trimEnd()
  // `-ERR no reply` stands for an API that printed nothing, also when it worked (uuid_break).
  if (text === NO_OUTPUT) return ''
  if (/^-(ERR|USAGE)/.test(text)) throw new ApiError(command, text)
  return body
}

const requireOk = (what: string, { text }: Reply, uuid?: string): void => {
  if (!text.startsWith('+OK')) throw new CommandError(what, text.trim(), uuid)
}

/** The commands over whatever sends them. */
export const createCommands = (send: Send): Commands => ({
  async api(command, options) {
    const { text } = await send(`api ${command}`, encodeApi(command), options)
    return apiResult(command, text)
  },
  async bgapi(command, jobUuid, options) {
    requireOk(`bgapi ${command}`, await send(`bgapi ${command}`, encodeBgapi(command, jobUuid), options))
  },
  async sendmsg(uuid, headers, options) {
    requireOk('sendmsg', await send(`sendmsg ${uuid}`, encodeSendmsg(uuid, headers), options), uuid)
  },
  async event(format, names, options) {
    const what = `event ${format} ${names.join(' ')}`
    requireOk(what, await send(what, encodeEvent(format, names), options))
  },
  async nixevent(names, options) {
    const what = `nixevent ${names.join(' ')}`
    requireOk(what, await send(what, encodeNixevent(names), options))
  },
  command: async (line, options) => send(line, encodeLine(line), options),
})
