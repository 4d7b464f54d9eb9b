import { release } from '../channel/channel-end.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { dial, failAtOnce } from './dial.ts'
import { parseDialString, type DialString, type Variables } from './dial-string.ts'
import { hangup } from '../channel/hangup.ts'
import { flipCallerId } from './flip-caller-id.ts'
import { anyUp, causeOf, dialGroup, dropAll, dropOthers, limitRinging, notModelled } from './fork.ts'
import { runActions } from './route.ts'
import { transfer } from './transfer.ts'
import { later, type Switch } from '../core/switch.ts'
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
  const what = notModelled(sw, dialed)
  if (what !== undefined) {
    done(`-ERR ${what} is not modelled by the embedded switch\n`)
    return
  }
  const { variables } = dialed
  nameCaller(request, variables)
  const attempts = Number(variables.get('originate_retries') ?? 1) || 1
  const turns = attempts === 1 ? dialed.groups : Array.from({ length: attempts }, () => dialed.groups).flat()
  tryTurn(sw, { request, dialed, turns, at: 0, done })
}

/** A caller id that the command gives is as good as one in a variable. */
const nameCaller = ({ callerIdName, callerIdNumber }: OriginateRequest, variables: Variables): void => {
  if (callerIdName !== '' && !variables.has('origination_caller_id_name'))
    variables.set('origination_caller_id_name', callerIdName)
  if (callerIdNumber !== '' && !variables.has('origination_caller_id_number'))
    variables.set('origination_caller_id_number', callerIdNumber)
}

interface Origination {
  readonly request: OriginateRequest
  readonly dialed: DialString
  /** The groups of legs, again for each time that it is tried. */
  readonly turns: DialString['groups']
  readonly at: number
  readonly done: (output: string) => void
}

/** Dials the legs whose turn it is. */
const tryTurn = (sw: Switch, origination: Origination): void => {
  const { dialed, turns, at } = origination
  const { legs, cause } = dialGroup(sw, dialed, turns[at] ?? [], (endpoint, variables) => {
    if (endpoint.kind === 'failed') {
      if (endpoint.begun) failAtOnce(sw)
      return endpoint.cause
    }
    return dial(sw, {
      endpoint,
      variables,
      callerIdName: '',
      callerIdNumber: '',
      prepare: (made) => {
        made.held = true
      },
    })
  })
  if (legs.length === 0) giveUpTurn(sw, origination, cause)
  else wait(sw, legs, origination)
}

/** How long it rests before it tries anew, in ms, and the least that it can be told to. */
const RETRY_AFTER = 1000
const LEAST_RETRY_AFTER = 500

/** These legs have failed: the next ones have their turn, or the call is over. */
const giveUpTurn = (sw: Switch, origination: Origination, cause: string): void => {
  const { dialed, turns, done } = origination
  const at = origination.at + 1
  if (at >= turns.length) {
    done(`-ERR ${cause}\n`)
    return
  }
  const next = (): void => tryTurn(sw, { ...origination, at })
  const rest = Number(dialed.variables.get('originate_retry_sleep_ms') ?? 0)
  if (at % dialed.groups.length > 0) next()
  else later(sw, rest >= LEAST_RETRY_AFTER ? rest : RETRY_AFTER, next)
}

/** Whether what a leg says ends the wait for it: an answer does, ringing only where that was asked for. */
const isEnough = (leg: Channel, heard: 'ringing' | 'early' | 'answered'): boolean => {
  if (heard === 'ringing') return isTrue(getVariable(leg, 'return_ring_ready'))
  return heard === 'answered' || !isTrue(getVariable(leg, 'ignore_early_media'))
}

/** Whether the refusal of one leg is that of all: `fail_on_single_reject`, true or the causes for which it is, `!` for not. */
const isFatal = ({ variables }: DialString, { hangupCause = '' }: Channel): boolean => {
  const value = variables.get('fail_on_single_reject')
  if (value === undefined) return false
  return isTrue(value) || (value.startsWith('!') ? !value.includes(hangupCause) : value.includes(hangupCause))
}

/** Waits for the legs, which an originate looks at every 20 ms, and goes on with the first that answers. */
const wait = (sw: Switch, legs: readonly Channel[], origination: Origination): void => {
  const { request, dialed, done } = origination
  const began = sw.clock.now()
  let settled = false
  const settle = (): boolean => {
    if (settled) return false
    settled = true
    stopClocks()
    return true
  }
  const fail = (): void => {
    const cause = causeOf(legs)
    // Who hung up decides a race, mostly: a leg that was killed here is gone before the job says so.
    const killed = legs.filter((leg) => getVariable(leg, 'sip_hangup_disposition') === 'send_cancel')
    const over = origination.at + 1 >= origination.turns.length
    dropAll(sw, over ? killed : legs)
    giveUpTurn(sw, origination, cause)
    dropAll(sw, legs)
  }
  const atNextPoll = (then: () => void): void => {
    const since = sw.clock.now() - began
    later(sw, TIMING.originatePoll - (since % TIMING.originatePoll), then)
  }
  const seconds = Number(dialed.variables.get('originate_timeout') ?? request.timeout)
  const stopClocks = limitRinging(sw, legs, seconds, () => {
    if (!settle()) return
    for (const leg of legs) if (isUp(leg)) hangup(sw, leg, 'NO_ANSWER', 'command')
    fail()
  })
  const begin = (channel: Channel): void => {
    dropOthers(sw, legs, channel)
    channel.waiter = undefined
    if (!isUp(channel)) {
      // It has gone before anybody looked.
      fail()
      return
    }
    take(sw, channel, request.destination, done)
    release(sw, channel)
  }
  for (const channel of legs) {
    const hungUp = (): void => {
      if (!anyUp(legs) && settle()) atNextPoll(fail)
      else if (isFatal(dialed, channel) && settle())
        atNextPoll(() => {
          for (const leg of legs) if (isUp(leg)) hangup(sw, leg, 'NO_ANSWER', 'command')
          fail()
        })
    }
    channel.onHangup.push(hungUp)
    channel.waiter = (heard) => {
      if (!isEnough(channel, heard) || !settle()) return
      atNextPoll(() => {
        // A call may last: what it was placed with has served its turn.
        const at = channel.onHangup.indexOf(hungUp)
        if (at >= 0) channel.onHangup.splice(at, 1)
        begin(channel)
      })
    }
  }
}

const take = (
  sw: Switch,
  channel: Channel,
  destination: Destination,
  done: (output: string) => void,
): void => {
  if ('app' in destination) flipCallerId(sw, channel)
  done(`+OK ${channel.uuid}\n`)
  if ('app' in destination) runActions(sw, channel, [destination])
  else transfer(sw, channel, destination)
}
