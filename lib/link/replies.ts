import type { Clock } from '../clock.ts'
import { utf8 } from '../esl/percent.ts'
import { requireBounds, setBounds, unbound, type WaitOptions } from '../flow/bounds.ts'

/** An answer of the switch: `command/reply`, or `api/response`. */
export interface Reply {
  /** `Reply-Text` of a command, the body of an api response. UTF-8. */
  readonly text: string
  /** All headers of the frame, for those that carry more (`Job-UUID`, a channel's data). latin1, as it came. */
  readonly head: string
}

/** Who gets the reply to a command. One of the two is called, once. */
export interface ReplyTaker {
  /** Says whether a program goes on by it, and is to be given time for that before what comes next. */
  reply(reply: Reply): boolean
  failed(error: Error): void
}

interface Pending {
  readonly what: string
  /** Undefined once it was given up. */
  taker: ReplyTaker | undefined
  /** Takes its bounds away. */
  unbind: () => void
}

export interface ReplyQueue {
  /** Takes the next place in the order of replies. Throws ArgumentError for a timeout that is none. */
  expect(what: string, options: WaitOptions, taker: ReplyTaker): void
  /** Gives a reply to the oldest command that has none, and says what `reply` does; undefined where there is none. */
  settle(type: string, head: string, body: string): boolean | undefined
  /** Ends every command in flight. */
  fail(reason: (what: string) => Error): void
  readonly inFlight: number
  /** Whether the answer that is due next is an `api`'s, which was not given up. */
  readonly inApi: boolean
}

/** Settled places are swept together, not one by one: a pipelined burst would be quadratic. */
const LONGEST_SETTLED = 1024

const REPLY_TEXT = 'Reply-Text: '

/** A reply built from a multi-line variable goes on over several lines, up to the next header that we know to follow. */
const replyText = (head: string): string => {
  const at = head.startsWith(REPLY_TEXT) ? 0 : head.indexOf('\n' + REPLY_TEXT) + 1
  if (at === 0 && !head.startsWith(REPLY_TEXT)) return ''
  const text = head.slice(at + REPLY_TEXT.length)
  const job = text.indexOf('\nJob-UUID: ')
  return utf8(job < 0 ? text : text.slice(0, job))
}

/**
 * The switch answers commands in the order they were sent, `api` and others alike, and says no more about which one an
 * answer is for. A command that was given up keeps its place, so that its late answer is not taken for the next one's.
 */
export const createReplyQueue = (clock: Clock): ReplyQueue => {
  let queue: Pending[] = []
  let first = 0

  /** Takes the place's taker, who is told only once. */
  const leave = (pending: Pending): ReplyTaker | undefined => {
    const { taker } = pending
    pending.taker = undefined
    pending.unbind()
    return taker
  }

  const expect = (what: string, options: WaitOptions, taker: ReplyTaker): void => {
    requireBounds(options)
    const pending: Pending = { what, taker, unbind: unbound }
    queue.push(pending)
    pending.unbind = setBounds(clock, what, options, (error) => leave(pending)?.failed(error))
  }

  const settle = (type: string, head: string, body: string): boolean | undefined => {
    const pending = queue[first]
    if (!pending) return undefined
    if (++first === queue.length || first === LONGEST_SETTLED) {
      queue = queue.slice(first)
      first = 0
    }
    const text = type === 'api/response' ? utf8(body) : replyText(head)
    return leave(pending)?.reply({ text, head }) ?? false
  }

  const fail = (reason: (what: string) => Error): void => {
    const left = queue.slice(first)
    queue = []
    first = 0
    for (const pending of left) leave(pending)?.failed(reason(pending.what))
  }

  return {
    expect,
    settle,
    fail,
    get inFlight() {
      return queue.length - first
    },
    get inApi() {
      const next = queue[first]
      return next?.taker !== undefined && next.what.startsWith('api ')
    },
  }
}
