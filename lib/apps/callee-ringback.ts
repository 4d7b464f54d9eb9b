import type { HangupCause } from '../esl/hangup-causes.ts'
import type { Session } from '../model/session.ts'
import type { ClientApp } from '../service/client.ts'
import { choice, duration, flag, hangupCause, text, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'

export interface CalleeRingbackOptions {
  /** What the callee says: `preAnswer` (183, with early media), `ringReady` (180), `none`. Default `preAnswer`. */
  readonly ringResponse?: 'preAnswer' | 'ringReady' | 'none'
  /**
   * What the caller hears of a `preAnswer`, without end. Default: the ringing tone of the United States, 440 and 480 Hz, 2 s
   * on, 4 s off. Empty: nothing.
   */
  readonly ringback?: string
  /** How long after its ring response the callee hangs up, in ms. Default Infinity: never. */
  readonly calleeHangupAfter?: number
  /** Why. Default NORMAL_CLEARING: 480 Temporarily Unavailable. */
  readonly cause?: HangupCause
  /** How long after it has heard of that the caller hangs up, in ms. Default Infinity: never. */
  readonly callerHangupAfter?: number
  /** Whether `calleeHangupAfter` follows an originator's duration. Default false. */
  readonly autoDuration?: boolean
}

export const CALLEE_RINGBACK_OPTIONS: OptionTable<CalleeRingbackOptions> = {
  ringResponse: choice(['preAnswer', 'ringReady', 'none'], 'preAnswer', 'what the callee says'),
  ringback: text('tone_stream://%(2000,4000,440,480)', 'what the caller hears of a preAnswer, without end'),
  calleeHangupAfter: duration(Infinity, 'when the callee hangs up, from its ring response', { never: true }),
  cause: hangupCause('NORMAL_CLEARING', 'why the callee hangs up'),
  callerHangupAfter: duration(Infinity, 'when the caller hangs up, from when it hears of that', {
    never: true,
  }),
  autoDuration: flag(false, "whether calleeHangupAfter follows an originator's duration"),
}

const hangupAfter = async (sess: Session, ms: number, cause: HangupCause): Promise<void> => {
  if (ms === Infinity) return
  await sess.sleep(ms)
  await sess.hangup(cause)
}

/** Calls that come in ring, are never answered, and end when one of the two has had enough of it. */
export const calleeRingback = (options: CalleeRingbackOptions = {}): ClientApp => {
  const { ringResponse, ringback, cause, callerHangupAfter, autoDuration, ...rest } = readOptions(
    'CalleeRingback',
    CALLEE_RINGBACK_OPTIONS,
    options,
  )
  let { calleeHangupAfter } = rest
  return {
    name: 'CalleeRingback',
    subscribe: ['CHANNEL_PROGRESS', 'CHANNEL_PROGRESS_MEDIA'],
    settings({ duration: ms }) {
      if (autoDuration) calleeHangupAfter = ms
    },
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound' || sess.answered) return
        if (ringResponse !== 'none') await sess[ringResponse]()
        if (ringResponse === 'preAnswer' && ringback !== '')
          void sess.playback(ringback, { vars: { loops: -1 } })
        await hangupAfter(sess, calleeHangupAfter, cause)
      },
    },
    async flow(sess) {
      if (sess.direction !== 'outbound') return
      await sess.poll(['CHANNEL_PROGRESS', 'CHANNEL_PROGRESS_MEDIA'])
      // Before the answer this is a CANCEL, whatever the cause.
      await hangupAfter(sess, callerHangupAfter, 'ORIGINATOR_CANCEL')
    },
  }
}
