import { ApiError, CommandError } from '../errors.ts'
import type { WaitOptions } from '../flow/bounds.ts'
import type { Reply, ReplyTaker } from './replies.ts'

/** Sends an encoded command; `what` names it in errors. */
export type Send = (
  what: string,
  encoded: string,
  options: WaitOptions | undefined,
  taker: ReplyTaker,
) => void

/** The reply, as a promise. */
export const asPromise = (
  send: Send,
  what: string,
  encoded: string,
  options: WaitOptions | undefined,
): Promise<Reply> =>
  new Promise((resolve, failed) => {
    const reply = (one: Reply): boolean => {
      resolve(one)
      return true
    }
    send(what, encoded, options, { reply, failed })
  })

const NO_OUTPUT = '-ERR no reply'

/** The body of an api response; an error in it, or a usage, becomes an ApiError. Empty output is `''`. */
export const apiResult = (command: string, body: string): string => {
  const text = body.trimEnd()
  // `-ERR no reply` stands for an API that printed nothing, also when it worked (uuid_break).
  if (text === NO_OUTPUT) return ''
  if (/^-(ERR|USAGE)/.test(text)) throw new ApiError(command, text)
  return body
}

export const requireOk = (what: string, { text }: Reply, uuid?: string): void => {
  if (!text.startsWith('+OK')) throw new CommandError(what, text.trim(), uuid)
}
