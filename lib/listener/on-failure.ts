import { ApiError, ArgumentError, AbortedError, HangupError } from '../errors.ts'
import { sleep } from '../clock.ts'
import type { HangupCause } from '../esl/hangup-causes.ts'
import { viewOf, type Session } from '../model/session.ts'
import { lastNumber, type SessionState } from '../model/state.ts'
import type { AppFailure, Report } from './tasks.ts'
import { isOwned } from './owned.ts'
import type { Listener } from './listener.ts'
import type { Registration } from './registry.ts'

/**
 * What becomes of a call when a function of its app has failed: it is hung up, with NORMAL_TEMPORARY_FAILURE (503 to its caller
 * while it is not answered) or the cause that is given; it is left as it is; or the function decides. A function that fails
 * itself is reported, and the call is hung up.
 *
 * A call that is bridged, by what its channel says at that moment, is left as it is in any case; so is one that this client
 * neither placed nor took, and a leg that the switch dialled for another leg.
 */
export type OnFailure =
  'hangup' | 'leave' | { readonly hangup: HangupCause } | ((session: Session, failure: AppFailure) => unknown)

/** 41 of Q.850: the fault is ours and may pass; SIP's 503 (`hangup_cause_to_sip` in mod_sofia.c). */
const DEFAULT_CAUSE: HangupCause = 'NORMAL_TEMPORARY_FAILURE'

/** Throws ArgumentError (BAD_ARGUMENT) for what says nothing of a failure. */
export const requireOnFailure = (value: OnFailure): OnFailure => {
  if (value === 'hangup' || value === 'leave' || typeof value === 'function') return value
  const { hangup } = Object(value) as { hangup?: unknown }
  if (typeof hangup === 'string' && /^[A-Z][A-Z0-9_]*$/.test(hangup)) return value
  throw new ArgumentError(
    `expected onFailure to be 'hangup', 'leave', { hangup: a cause such as 'USER_BUSY' } or a function, got ${JSON.stringify(value)}`,
  )
}

/** How often the switch is asked about a channel, and how long after the last time, in ms: it may be away. */
const ATTEMPTS = 3
const RETRY_DELAY_MS = 1000

/** Set while a channel is bridged: with its media through the switch, and past it (switch_ivr_bridge.c:1699, 1553). */
const BRIDGED = ['bridge_to', 'signal_bridge_to']

const saysBridged = async ({ uuid, node }: SessionState): Promise<boolean> => {
  const values = await Promise.all(BRIDGED.map((name) => node.commands.api(`uuid_getvar ${uuid} ${name}`)))
  return values.some((value) => !['', '_undef_'].includes(value.trim()))
}

/** A bridge tells of itself (CHANNEL_BRIDGE) a moment before its channels do: it is asked again after so long, in ms. */
const SECOND_LOOK_MS = 100

/** Whether the switch says that a channel is bridged. */
const isBridged = async (state: SessionState): Promise<boolean> => {
  if (await saysBridged(state)) return true
  await sleep(state.node.clock, SECOND_LOOK_MS)
  return saysBridged(state)
}

/** Tries again where the switch could not be asked; a channel that is gone, or a client that was closed, ends it. */
const persist = async (state: SessionState, run: () => Promise<void>): Promise<void> => {
  for (let attempt = 1; !state.hungup; attempt++)
    try {
      await run()
      return
    } catch (error) {
      if (error instanceof ApiError || error instanceof HangupError || error instanceof AbortedError) return
      if (attempt >= ATTEMPTS) throw error
      await sleep(state.node.clock, RETRY_DELAY_MS)
    }
}

/** The leg itself came in, or was placed by an originate of ours; another flow looks after what is dialled for it. */
const isOfItsOwn = (state: SessionState): boolean =>
  state.direction === 'inbound' || state.job !== undefined || state.call?.legs[0] === state

/** Carries out what is to become of the call of a function that has failed. */
export const createFailureHandler =
  (listener: () => Pick<Listener, 'registry' | 'counts'>, report: Report) =>
  (session: Session, registration: Registration, failure: AppFailure): void => {
    const { state } = session
    const { registry, counts } = listener()
    const { onFailure = 'leave' } = registration
    const isOurs = isOfItsOwn(state) && isOwned({ registry }, state)
    if (state.hungup) return
    if (onFailure === 'leave' || !isOurs) {
      counts.leftOnFailure++
      return
    }

    const hangUp = async (cause: HangupCause): Promise<void> => {
      counts.hungUpOnFailure++
      await state.node.commands.api(`uuid_kill ${state.uuid} ${cause}`)
    }

    const decide = async (fn: (session: Session, failure: AppFailure) => unknown): Promise<void> => {
      try {
        await fn(viewOf(state, lastNumber(state), registration), failure)
      } catch (error) {
        if (error instanceof HangupError) return
        report({ ...failure, event: 'onFailure', error })
        await hangUp(DEFAULT_CAUSE)
      }
    }

    void persist(state, async () => {
      if (await isBridged(state)) counts.leftOnFailure++
      else if (typeof onFailure === 'function') await decide(onFailure)
      else await hangUp(onFailure === 'hangup' ? DEFAULT_CAUSE : onFailure.hangup)
    }).catch((error: unknown) =>
      state.node.unseen(`the end of session ${state.uuid}, whose flow failed`, error),
    )
  }
