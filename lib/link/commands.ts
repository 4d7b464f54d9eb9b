import {
  encodeApi,
  encodeBgapi,
  encodeEvent,
  encodeLine,
  encodeNixevent,
  encodeSendmsg,
} from '../esl/command.ts'
import { encodeSendevent, type SentHeaders } from '../esl/encode/event-system.ts'
import type { EventFormat } from '../esl/frames.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import { apiResult, asPromise, requireOk, type Send } from './answers.ts'
import { createQuietCommands, type QuietCommands } from './quiet-commands.ts'
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
  /** Has the switch send an event of its own; resolves with the uuid that it gave it. */
  sendevent(name: string, headers: SentHeaders, body?: string, options?: WaitOptions): Promise<string>
  /** Any other command; its reply, whatever it says. */
  command(line: string, options?: WaitOptions): Promise<Reply>
  readonly quietly: QuietCommands
}

/** The commands over whatever sends them. */
export const createCommands = (send: Send): Commands => ({
  async api(command, options) {
    const { text } = await asPromise(send, `api ${command}`, encodeApi(command), options)
    return apiResult(command, text)
  },
  async bgapi(command, jobUuid, options) {
    const what = `bgapi ${command}`
    requireOk(what, await asPromise(send, what, encodeBgapi(command, jobUuid), options))
  },
  async sendmsg(uuid, headers, options) {
    const encoded = encodeSendmsg(uuid, headers)
    requireOk('sendmsg', await asPromise(send, `sendmsg ${uuid}`, encoded, options), uuid)
  },
  async event(format, names, options) {
    const what = `event ${format} ${names.join(' ')}`
    requireOk(what, await asPromise(send, what, encodeEvent(format, names), options))
  },
  async nixevent(names, options) {
    const what = `nixevent ${names.join(' ')}`
    requireOk(what, await asPromise(send, what, encodeNixevent(names), options))
  },
  async sendevent(name, headers, body, options) {
    const encoded = encodeSendevent(name, headers, body)
    const reply = await asPromise(send, `sendevent ${name}`, encoded, options)
    requireOk('sendevent', reply)
    return reply.text.slice('+OK '.length).trim()
  },
  command: async (line, options) => asPromise(send, line, encodeLine(line), options),
  quietly: createQuietCommands(send),
})

/** The commands of a connection that there is not: all of them fail. */
export const refuseCommands = (error: (what: string) => Error): Commands =>
  createCommands((what, _encoded, _options, taker) => queueMicrotask(() => taker.failed(error(what))))
