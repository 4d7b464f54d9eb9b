import {
  cloneProfile,
  logicalDirection,
  updateProfile,
  type CallerProfile,
} from '../channel/caller-profile.ts'
import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { windDown } from '../channel/hangup.ts'
import { enterState } from '../channel/transitions.ts'
import { pushVariable, setVariable, unsetVariable } from '../channel/variables.ts'
import { later, micros, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { emit } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { connectLegs } from './bridged.ts'
import { showsCaller } from './display.ts'
import { flipCallerId } from './flip-caller-id.ts'
import { redirect } from './redirect.ts'
import { resumeActions } from './route.ts'

const setBond = (channel: Channel, other: Channel): void => {
  setVariable(channel, 'bridge_channel', other.name)
  setVariable(channel, 'bridge_uuid', other.uuid)
  setVariable(channel, 'signal_bond', other.uuid)
}

const setOriginal = (channel: Channel): void => {
  setVariable(channel, 'original_destination_number', channel.caller?.destination ?? '')
  setVariable(channel, 'original_caller_id_name', channel.caller?.name ?? '')
  setVariable(channel, 'original_caller_id_number', channel.caller?.number ?? '')
}

const invert = (caller: CallerProfile | undefined): void => {
  if (!caller) return
  const { name, number, calleeName, calleeNumber } = caller
  updateProfile(caller, {
    name: calleeName === '' ? 'Unknown' : calleeName,
    number: calleeNumber === '' ? 'Unknown' : calleeNumber,
    calleeName: name,
    calleeNumber: number,
  })
}

/** Which caller each of them is shown from now on. */
const turnIds = (a: Channel, b: Channel): void => {
  if (!showsCaller(a)) {
    invert(a.caller)
    if (a.direction === 'inbound') b.bleg = false
  }
  if (showsCaller(b)) {
    invert(b.caller)
    if (b.direction === 'inbound') b.bleg = true
  }
}

const step = (sw: Switch, channel: Channel): CallerProfile | undefined => {
  const { caller } = channel
  if (!caller) return undefined
  const times = { ...caller.times, profile: micros(sw), bridged: 0 }
  const index = String(Number(caller.index) + 1)
  return (channel.caller = cloneProfile(caller, {
    index,
    times,
    transferSource: '',
    logicalDirection: logicalDirection(channel),
  }))
}

/** Each has the other's profile as its own other leg. */
const setOthers = (sw: Switch, a: Channel, b: Channel): void => {
  const [mine, theirs] = [step(sw, a), step(sw, b)]
  if (!mine || !theirs) return
  b.other = { type: 'originator', profile: cloneProfile(mine, { times: { ...mine.times } }) }
  a.other = {
    type: 'originatee',
    profile: cloneProfile(theirs, { logicalDirection: 'inbound', times: { ...theirs.times } }),
  }
  updateProfile(mine, { calleeName: theirs.calleeName, calleeNumber: theirs.calleeNumber })
  updateProfile(theirs, { name: mine.name, number: mine.number })
}

const setSource = (sw: Switch, channel: Channel, other: Channel): void => {
  const second = Math.floor(sw.clock.now() / 1000)
  const source = `${second}:${sw.random.uuid()}:uuid_br:${other.uuid}`
  if (channel.caller) updateProfile(channel.caller, { transferSource: source })
  pushVariable(channel, 'transfer_history', source)
  setVariable(channel, 'transfer_source', source)
}

/** Leaves what it does, and waits to be bridged. */
const hibernate = (sw: Switch, channel: Channel, ready: () => void): void => {
  channel.state = 'CS_HIBERNATE'
  redirect(sw, channel, () => {
    for (const state of ['CS_HIBERNATE', 'CS_RESET'] as const) {
      channel.state = state
      enterState(sw, channel, state)
    }
    ready()
  })
}

const softExecute = (sw: Switch, channel: Channel): void => {
  channel.state = 'CS_SOFT_EXECUTE'
  enterState(sw, channel, 'CS_SOFT_EXECUTE')
}

const tellExecute = (sw: Switch, channel: Channel, other: Channel): void =>
  emit(
    sw,
    KINDS.uuidBridge,
    channel,
    '',
    `\nApplication: uuid_bridge${header('Application-Data', other.uuid)}`,
  )

const connect = (sw: Switch, a: Channel, b: Channel): void => {
  if (!isUp(a) || !isUp(b)) return
  unsetVariable(a, 'uuid_bridge')
  tellExecute(sw, a, b)
  setVariable(b, 'call_uuid', b.callUuid)
  tellExecute(sw, b, a)
  b.state = 'CS_CONSUME_MEDIA'
  enterState(sw, b, 'CS_CONSUME_MEDIA')
  connectLegs(sw, a, b, () => {
    if (!isUp(a)) windDown(sw, a)
    else if (!a.redirect) resumeActions(sw, a)
  })
}

/**
 * Takes two channels out of what they do and bridges them (`switch_ivr_uuid_bridge` in `src/switch_ivr_bridge.c`). False
 * when it cannot: one is gone, or neither has media.
 */
export const bridgeChannels = (sw: Switch, first: Channel, second: Channel): boolean => {
  if (!isUp(first) || !isUp(second) || first === second) return false
  if (first.direction === 'outbound' && !first.hitDialplan) flipCallerId(sw, first)
  const [a, b] = hasMedia(first) ? [first, second] : [second, first]
  if (!hasMedia(a)) return false
  if (b.direction === 'outbound') b.hitDialplan = false
  setVariable(a, 'uuid_bridge', b.uuid)
  setBond(a, b)
  setBond(b, a)
  turnIds(a, b)
  setOriginal(b)
  setOriginal(a)
  setOthers(sw, a, b)
  setSource(sw, a, b)
  setSource(sw, b, a)
  let waiting = 2
  const ready = (): void => {
    if (--waiting > 0) return
    later(sw, TIMING.frame, () => {
      if (!isUp(a) || !isUp(b)) return
      softExecute(sw, b)
      later(sw, TIMING.frame, () => connect(sw, a, b))
    })
  }
  hibernate(sw, a, () => {
    softExecute(sw, a)
    ready()
  })
  hibernate(sw, b, ready)
  return true
}
