import { setPartner } from './bridge-variables.ts'
import { cloneProfile, markTime } from './caller-profile.ts'
import { release } from './channel-end.ts'
import { isUp, type Channel } from './channel.ts'
import { emit } from '../events/emit.ts'
import { encode, header } from '../events/encode.ts'
import type { Execution } from '../execution/execution.ts'
import { hangup } from './hangup.ts'
import { KINDS } from '../events/kinds.ts'
import { later, micros, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { enterState } from './transitions.ts'
import { getVariable, isTrue, setOwn, unsetVariable } from './variables.ts'

const bridgeIds = (a: Channel, b: Channel): string =>
  `\nBridge-A-Unique-ID: ${encode(a.uuid)}\nBridge-B-Unique-ID: ${encode(b.uuid)}`

/** Each phone is told who is at the other end: CALL_UPDATE (`sofia_receive_message` in `mod_sofia.c`). */
const showParty = (sw: Switch, channel: Channel, partner: Channel, name: string, number: string): void => {
  setOwn(channel, 'last_sent_callee_id_name', name)
  setOwn(channel, 'last_sent_callee_id_number', number)
  emit(
    sw,
    KINDS.sentUpdate,
    channel,
    '\nDirection: SEND' +
      header('Sent-Callee-ID-Name', name) +
      header('Sent-Callee-ID-Number', number) +
      header('Bridged-To', partner.uuid),
  )
}

/** The media of the two legs flows from one to the other: CHANNEL_BRIDGE (`switch_ivr_multi_threaded_bridge`). */
export const connectLegs = (sw: Switch, run: Execution, leg: Channel): void => {
  const { channel } = run
  const now = micros(sw)
  if (leg.caller) {
    const times = { ...leg.caller.times }
    channel.other = {
      type: 'originatee',
      profile: cloneProfile(leg.caller, { logicalDirection: 'inbound', times }),
    }
    markTime(leg.caller, 'bridged', now)
  }
  if (channel.caller) markTime(channel.caller, 'bridged', now)
  channel.partner = leg.uuid
  leg.partner = channel.uuid
  emit(sw, KINDS.bridge, channel, bridgeIds(channel, leg))
  leg.state = 'CS_EXCHANGE_MEDIA'
  enterState(sw, leg, 'CS_EXCHANGE_MEDIA')
  later(sw, TIMING.frame, () => {
    if (!isUp(channel) || !isUp(leg)) return
    setPartner(channel, leg)
    setPartner(leg, channel)
    showParty(sw, channel, leg, leg.caller?.calleeName ?? '', leg.caller?.calleeNumber ?? '')
    showParty(sw, leg, channel, leg.caller?.name ?? '', leg.caller?.number ?? '')
  })
  leg.onHangup.push(() => {
    endBridge(sw, run, leg)
  })
  leg.leaveBridge = () => part(sw, run, leg, leg.hangupCause ?? 'NORMAL_CLEARING')
  run.onStop = (why) => {
    if (why === 'hangup') endBridge(sw, run, leg)
  }
}

/** They hear each other no longer: CHANNEL_UNBRIDGE. */
const unbridge = (sw: Switch, run: Execution, leg: Channel, cause: string): void => {
  const { channel } = run
  unsetVariable(channel, 'bridge_to')
  setOwn(channel, 'last_bridge_hangup_cause', cause)
  setOwn(channel, 'bridge_hangup_cause', cause)
  emit(sw, KINDS.unbridge, channel, bridgeIds(channel, leg))
  channel.partner = undefined
  leg.leaveBridge = undefined
}

/** The dialed leg goes elsewhere, by a transfer; the other one goes on with its dialplan. */
const part = (sw: Switch, run: Execution, leg: Channel, cause: string): void => {
  if (run.ended) return
  unbridge(sw, run, leg, cause)
  leg.partner = undefined
  unsetVariable(leg, 'bridge_to')
  leg.held = false
  run.end()
}

/** One of the two has hung up, and the other goes too, or on with its dialplan. */
const endBridge = (sw: Switch, run: Execution, leg: Channel): void => {
  if (run.ended) return
  const { channel } = run
  const cause = leg.hangupCause ?? channel.hangupCause ?? 'NORMAL_CLEARING'
  unbridge(sw, run, leg, cause)
  hangup(sw, leg, cause, 'command')
  if (isUp(channel) && isTrue(getVariable(channel, 'hangup_after_bridge')))
    hangup(sw, channel, cause, 'itself')
  run.end()
  release(sw, leg)
}
