import { updateProfile } from '../channel/caller-profile.ts'
import { release } from '../channel/channel-end.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { dial, failAtOnce } from './dial.ts'
import { parseDialString } from './dial-string.ts'
import { readEndpoint } from './endpoint.ts'
import { hangup } from '../channel/hangup.ts'
import { flipCallerId } from './flip-caller-id.ts'
import { route, runActions } from './route.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { getVariable, isTrue } from '../channel/variables.ts'

/** What the answered channel does: an application (`&park()`), or an extension of the dialplan. */
export type Destination =
  | { readonly app: string; readonly arg: string }
  | { readonly extension: string; readonly dialplan: string; readonly context: string }

export interface OriginateRequest {
  readonly dialString: string
  readonly destination: Destination
  readonly callerIdName: string
  readonly callerIdNumber: string
  /** Seconds that it may ring, where `originate_timeout` does not say so. */
  readonly timeout: number
}

/**
 * Places a call and calls `done` with what the `originate` command prints (`switch_ivr_originate` in
 * `src/switch_ivr_originate.c`, `originate_function` in `mod_commands.c`).
 */
export const originate = (sw: Switch, request: OriginateRequest, done: (output: string) => void): void => {
  const dialed = parseDialString(request.dialString)
  if (!dialed) {
    done('-ERR DESTINATION_OUT_OF_ORDER\n')
    return
  }
  const { variables } = dialed
  const endpoint = readEndpoint(sw, dialed.endpoint)
  if (endpoint.kind === 'not modelled') {
    done(`-ERR ${endpoint.what} is not modelled by the embedded switch\n`)
    return
  }
  if (endpoint.kind === 'failed') {
    if (endpoint.begun) failAtOnce(sw)
    done(`-ERR ${endpoint.cause}\n`)
    return
  }
  const channel = dial(sw, {
    endpoint,
    variables,
    callerIdName: request.callerIdName,
    callerIdNumber: request.callerIdNumber,
    prepare: (made) => {
      made.held = true
    },
  })
  if (typeof channel === 'string') {
    done(`-ERR ${channel}\n`)
    return
  }
  const seconds = Number(variables.get('originate_timeout') ?? request.timeout)
  const early = !isTrue(variables.get('ignore_early_media'))
  wait(sw, channel, { ms: seconds * 1000, early }, request.destination, done)
}

/** Waits for the leg, which an originate looks at every 20 ms, and goes on with it or gives it up. */
const wait = (
  sw: Switch,
  channel: Channel,
  until: { ms: number; early: boolean },
  destination: Destination,
  done: (output: string) => void,
): void => {
  const began = sw.clock.now()
  let settled = false
  const settle = (): boolean => {
    if (settled) return false
    settled = true
    cancel(sw, timeout)
    channel.waiter = undefined
    return true
  }
  const fail = (): void => {
    // Who hung up decides a race, mostly: a leg that was killed here is gone before the job says so.
    if (getVariable(channel, 'sip_hangup_disposition') === 'send_cancel') release(sw, channel)
    done(`-ERR ${channel.hangupCause ?? 'NO_ANSWER'}\n`)
    release(sw, channel)
  }
  const atNextPoll = (then: () => void): void => {
    const since = sw.clock.now() - began
    later(sw, TIMING.originatePoll - (since % TIMING.originatePoll), then)
  }
  const timeout = later(sw, until.ms, () => {
    if (!settle()) return
    hangup(sw, channel, 'NO_ANSWER', 'command')
    fail()
  })
  channel.onHangup.push(() => {
    if (settle()) atNextPoll(fail)
  })
  channel.waiter = (heard) => {
    if (heard === 'ringing' || (heard === 'early' && !until.early) || !settle()) return
    atNextPoll(() => {
      if (!isUp(channel)) {
        // It has gone before anybody looked.
        fail()
        return
      }
      flipCallerId(sw, channel)
      done(`+OK ${channel.uuid}\n`)
      take(sw, channel, destination)
      release(sw, channel)
    })
  }
}

const take = (sw: Switch, channel: Channel, destination: Destination): void => {
  if ('app' in destination) {
    runActions(sw, channel, [destination])
    return
  }
  const { extension, dialplan, context } = destination
  if (channel.caller) updateProfile(channel.caller, { destination: extension, dialplan, context })
  channel.state = 'CS_ROUTING'
  route(sw, channel)
}
