import { isHangupCause, type HangupCause } from '../esl/hangup-causes.ts'
import type { ClientApp } from '../service/client.ts'
import type { OptionSpec, OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'

export interface CalleeBlockOnInviteOptions {
  /**
   * A SIP status, 300 to 699, or a hangup cause, which the switch makes a status out of. Default NORMAL_CLEARING: 480
   * Temporarily Unavailable.
   */
  readonly response?: number | HangupCause
}

const isResponse = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isInteger(value) && value >= 300 && value <= 699
    : typeof value === 'string' && isHangupCause(value)

const response: OptionSpec<number | HangupCause> = {
  type: 'status|cause',
  default: 'NORMAL_CLEARING',
  summary: 'a SIP status, or a hangup cause',
  expected: 'a SIP status between 300 and 699, or a hangup cause such as USER_BUSY',
  isValid: isResponse,
  read: (text) => (/^\d+$/.test(text) ? Number(text) : text.toUpperCase()),
  write: String,
}

export const CALLEE_BLOCK_OPTIONS: OptionTable<CalleeBlockOnInviteOptions> = { response }

/**
 * Rejects every call that comes in: a cause as soon as its INVITE has come, a status once the dialplan has parked it, for
 * only then the channel runs applications.
 */
export const calleeBlockOnInvite = (options: CalleeBlockOnInviteOptions = {}): ClientApp => {
  const { response: how } = readOptions('CalleeBlockOnInvite', CALLEE_BLOCK_OPTIONS, options)
  return {
    name: 'CalleeBlockOnInvite',
    on:
      typeof how === 'number'
        ? {
            async CHANNEL_PARK(sess) {
              if (sess.direction === 'inbound') await sess.respond(how)
            },
          }
        : {
            async CHANNEL_CREATE(sess) {
              if (sess.direction === 'inbound') await sess.hangup(how)
            },
          },
  }
}
