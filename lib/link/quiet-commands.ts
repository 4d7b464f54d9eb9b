import { encodeApi, encodeBgapi, encodeSendmsg } from '../esl/command.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import { apiResult, requireOk, type Send } from './answers.ts'
import type { Reply, ReplyTaker } from './replies.ts'

/** What a quiet command calls in a later turn, where it does, with what its namesake would reject with. */
export type Failed = (error: unknown) => void

/**
 * Commands for whoever waits for an event that comes of them, and not for the reply: nobody goes on when that comes, so
 * there is no promise, and the next event need not wait for anybody.
 */
export interface QuietCommands {
  api(command: string, options: WaitOptions | undefined, failed: Failed): void
  bgapi(command: string, jobUuid: string, failed: Failed): void
  sendmsg(
    uuid: string,
    headers: readonly (readonly [name: string, value: string])[],
    options: WaitOptions | undefined,
    failed: Failed,
  ): void
}

/** Nobody goes on by a reply that `check` lets pass. */
const quietTaker = (check: (reply: Reply) => void, failed: Failed): ReplyTaker => ({
  reply(reply) {
    try {
      check(reply)
      return false
    } catch (error) {
      failed(error)
      return true
    }
  },
  failed,
})

/** The quiet commands over whatever sends them. */
export const createQuietCommands = (send: Send): QuietCommands => {
  /** What is wrong with the command itself is told in the same way. */
  const quietly = (
    what: string,
    encode: () => string,
    options: WaitOptions | undefined,
    check: (reply: Reply) => void,
    failed: Failed,
  ): void => {
    try {
      send(what, encode(), options, quietTaker(check, failed))
    } catch (error) {
      queueMicrotask(() => failed(error))
    }
  }
  return {
    api: (command, options, failed) =>
      quietly(
        `api ${command}`,
        () => encodeApi(command),
        options,
        ({ text }) => void apiResult(command, text),
        failed,
      ),
    bgapi: (command, jobUuid, failed) =>
      quietly(
        `bgapi ${command}`,
        () => encodeBgapi(command, jobUuid),
        undefined,
        (reply) => requireOk(`bgapi ${command}`, reply),
        failed,
      ),
    sendmsg: (uuid, headers, options, failed) =>
      quietly(
        `sendmsg ${uuid}`,
        () => encodeSendmsg(uuid, headers),
        options,
        (reply) => requireOk('sendmsg', reply, uuid),
        failed,
      ),
  }
}
