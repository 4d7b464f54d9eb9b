import { ArgumentError, HangupError } from '../../errors.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { hearBye, hearCancel } from '../channel/far-hangup.ts'
import { createLeg, type Party } from '../channel/leg.ts'
import { causeOfStatus } from '../channel/sip-causes.ts'
import type { SipProfile } from '../core/config.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { header } from '../events/encode.ts'
import { hearDigits } from '../media/hear-digits.ts'
import type { Part } from '../channel/variables.ts'
import { phoneDialog, type PhoneAddress } from './phone-dialog.ts'
import { letIn, takeInvite } from './receive-call.ts'

/** A call that a phone places to the embedded switch. */
export interface PhoneCall {
  /** Whom it calls: `1000`, or `1000@host:port` of one of the switch's profiles. Default profile: the first. */
  readonly to: string
  /** Who it is: `alice`, or `alice@host:port`. Default `alice@127.0.0.1:5061`. */
  readonly from?: string
  /** Display name. Default the user. */
  readonly name?: string
  /** Headers of its INVITE, such as `X-Account`; on the switch they are the variables `sip_h_X-Account`. */
  readonly headers?: Readonly<Record<string, string>>
  /** User-Agent, display name in To and Subject: left out of the INVITE unless given. */
  readonly userAgent?: string
  readonly toName?: string
  readonly subject?: string
  /** How it sends DTMF. Default `rfc2833`. */
  readonly dtmf?: 'rfc2833' | 'info'
}

/** A phone in a call with the embedded switch. */
export interface Phone {
  /** The uuid of its channel; undefined when the switch has refused the call. */
  readonly uuid: string | undefined
  readonly state: 'calling' | 'ringing' | 'early' | 'answered' | 'ended'
  /** Resolves when the switch answers; rejects with the SIP status when it does not. */
  readonly answered: Promise<void>
  /** Resolves with the hangup cause when the call is over, whoever ended it. */
  readonly ended: Promise<string>
  /** DTMF that the switch has sent it, so far. */
  readonly heard: string
  /** Presses keys, one after the other, each held for `duration` ms (default 100). */
  press(digits: string, duration?: number): void
  /** Hangs up: BYE after an answer, CANCEL before it. */
  hangup(): void
}

interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}

const deferred = <T>(): Deferred<T> => {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }))
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) }
}

const address = (from: string, name: string | undefined): PhoneAddress => {
  const [, user = from, host = '127.0.0.1', port = '5061'] =
    /^([^@]*)(?:@([^:]*)(?::(\d+))?)?$/.exec(from) ?? []
  return { user, host, port: Number(port), name: name ?? user }
}

const profileOf = (sw: Switch, to: string): { user: string; profile: SipProfile } => {
  const { profiles } = sw.config
  const [user = '', where] = to.replace(/^sips?:/, '').split('@')
  const profile =
    where === undefined ? profiles[0] : profiles.find((one) => `${one.host}:${one.port}` === where)
  if (profile && user !== '') return { user, profile }
  throw new ArgumentError(
    `a phone calls a user at one of this switch's profiles (${profiles.map(({ host, port }) => `${host}:${port}`).join(', ')}), not '${to}'`,
  )
}

const SAMPLES_PER_MS = 8

/** Between two keys, ms. */
const BETWEEN_KEYS = 100

/**
 * A phone that is not on this switch calls it. The INVITE arrives after the time of one SIP message; then the dialplan
 * has the call. Throws ArgumentError when it calls an address that is not this switch's.
 */
export const callFromPhone = (sw: Switch, call: PhoneCall): Phone => {
  const { user, profile } = profileOf(sw, call.to)
  const { userAgent, toName, subject, dtmf = 'rfc2833' } = call
  const dialog = phoneDialog(sw, profile, address(call.from ?? 'alice', call.name), user, {
    userAgent,
    toName,
    subject,
    dtmf,
  })
  const answered = deferred<undefined>()
  const ended = deferred<string>()
  answered.promise.catch(() => undefined)
  let state: Phone['state'] = 'calling'
  let heard = ''
  let channel: Channel | undefined

  const end = (cause: string, status: number): void => {
    if (state === 'ended') return
    if (state !== 'answered')
      answered.reject(new HangupError(channel?.uuid ?? '', cause, `it was answered (SIP status ${status})`))
    state = 'ended'
    ended.resolve(cause)
  }
  const party: Party = {
    progress(what) {
      if (state === 'ended') return
      state = what
      if (what === 'answered') answered.resolve(undefined)
    },
    hangup: end,
    digits: (digits) => (heard += digits),
  }
  const leg = createLeg(dialog, profile, { party })
  const sipHeaders = Object.entries(call.headers ?? {}).map(([name, value]): Part => [
    `sip_h_${name}`,
    header(`variable_sip_h_${name}`, value),
  ])

  later(sw, TIMING.signal, () => {
    if (state === 'ended') return
    const taken = takeInvite(sw, leg)
    if (!('uuid' in taken)) {
      end(causeOfStatus(taken[0]), taken[0])
      return
    }
    channel = taken
    letIn(sw, taken, leg, sipHeaders, '70')
  })

  return {
    get uuid() {
      return channel?.uuid
    },
    get state() {
      return state
    },
    get heard() {
      return heard
    },
    answered: answered.promise,
    ended: ended.promise,
    press(digits, duration = 100) {
      Array.from(digits).forEach((digit, i) =>
        later(sw, (i + 1) * duration + i * BETWEEN_KEYS, () => {
          if (channel && isUp(channel))
            hearDigits(sw, channel, [{ digit, duration: duration * SAMPLES_PER_MS, source: 'RTP' }])
        }),
      )
    },
    hangup() {
      const wasAnswered = state === 'answered'
      end(wasAnswered ? 'NORMAL_CLEARING' : 'ORIGINATOR_CANCEL', 487)
      later(sw, TIMING.signal, () => {
        if (!channel) return
        if (wasAnswered) hearBye(sw, channel, '', 'NORMAL_CLEARING')
        else hearCancel(sw, channel, '')
      })
    },
  }
}
