import { setPartner } from '../channel/bridge-variables.ts'
import { markTime } from '../channel/caller-profile.ts'
import { release } from '../channel/channel-end.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { enterState } from '../channel/transitions.ts'
import { setOwn, setVariable, unsetVariable } from '../channel/variables.ts'
import { later, micros, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { emit } from '../events/emit.ts'
import { encode } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { goOnAfterBridge, goOnWithoutPartner } from './after-bridge.ts'
import { showParty } from './display.ts'

/** Two legs whose audio flows from one to the other: `a` does the bridging, `b` only exchanges media. */
interface Bridge {
  readonly a: Channel
  readonly b: Channel
  /** What `a` goes on with when it is over, unless it has gone elsewhere. */
  readonly after: () => void
  over: boolean
}

const bridgeIds = ({ a, b }: Bridge): string =>
  `\nBridge-A-Unique-ID: ${encode(a.uuid)}\nBridge-B-Unique-ID: ${encode(b.uuid)}`

/** The media of the two legs flows from one to the other: CHANNEL_BRIDGE (`switch_ivr_multi_threaded_bridge`). */
export const connectLegs = (sw: Switch, a: Channel, b: Channel, after: () => void): void => {
  const bridge: Bridge = { a, b, after, over: false }
  const now = micros(sw)
  for (const leg of [a, b]) if (leg.caller) markTime(leg.caller, 'bridged', now)
  a.partner = b.uuid
  b.partner = a.uuid
  a.bridgeRole = 'originator'
  b.bridgeRole = 'originatee'
  setVariable(b, 'call_uuid', a.uuid)
  emit(sw, KINDS.bridge, a, bridgeIds(bridge))
  b.state = 'CS_EXCHANGE_MEDIA'
  enterState(sw, b, 'CS_EXCHANGE_MEDIA')
  later(sw, TIMING.frame, () => {
    if (!isUp(a) || !isUp(b) || bridge.over) return
    setPartner(a, b)
    setPartner(b, a)
    showEach(sw, a, b)
  })
  b.onHangup.push(() => leave(sw, bridge, b))
  a.leaveBridge = () => leave(sw, bridge, a)
  b.leaveBridge = () => leave(sw, bridge, b)
}

/** Each phone is shown the other party; a number stands for a name that is not there (`switch_ivr_bridge_display`). */
export const showEach = (sw: Switch, a: Channel, b: Channel): void => {
  if (!b.caller || a.answerState !== 'answered' || b.answerState !== 'answered') return
  const { name, number, calleeName, calleeNumber, destination } = b.caller
  const called = calleeNumber === '' ? destination : calleeNumber
  showParty(sw, a, calleeName === '' ? called : calleeName, called)
  showParty(sw, b, name === '' ? number : name, number)
}

/** They hear each other no longer: CHANNEL_UNBRIDGE. */
const unbridge = (sw: Switch, bridge: Bridge): void => {
  const { a, b } = bridge
  unsetVariable(a, 'bridge_to')
  if (a.hangupCause !== undefined) setOwn(b, 'bridge_hangup_cause', a.hangupCause)
  if (b.hangupCause !== undefined) setOwn(a, 'bridge_hangup_cause', b.hangupCause)
  setVariable(b, 'call_uuid', b.uuid)
  emit(sw, KINDS.unbridge, a, bridgeIds(bridge))
}

/** One of the two has hung up, or was sent elsewhere: the other goes too, or on. */
const leave = (sw: Switch, bridge: Bridge, who: Channel): void => {
  if (bridge.over) return
  bridge.over = true
  const { a, b } = bridge
  for (const leg of [a, b]) {
    leg.leaveBridge = undefined
    leg.partner = undefined
    leg.bridgeRole = undefined
  }
  if (isUp(b)) unsetVariable(b, 'bridge_to')
  if (isUp(b) && !b.redirect && who === a) {
    if (a.hangupCause === undefined) goOnWithoutPartner(sw, b)
    // The thread of the bridge waits until the other has noticed, which is through with its hangup by then.
    else hangup(sw, b, a.hangupCause, 'far end')
  }
  unbridge(sw, bridge)
  if (isUp(b)) b.held = false
  if (isUp(a) && !a.redirect) goOnAfterBridge(sw, a, b)
  bridge.after()
  release(sw, b)
}
