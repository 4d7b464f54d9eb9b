import { markTime } from './caller-profile.ts'
import { isUp, type Channel } from './channel.ts'
import { emit, emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS, type Kind } from '../events/kinds.ts'
import { later, micros, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { changeCallState } from './transitions.ts'
import { getVariable, setVariable } from './variables.ts'

/** Hold, on both sides: the one that holds sends a re-INVITE, the other is held. */

const markHeld = (sw: Switch, channel: Channel): void => {
  const now = micros(sw)
  changeCallState(sw, channel, 'HELD')
  if (channel.caller) markTime(channel.caller, 'lastHold', now)
  channel.holds = [...channel.holds, [now, 0]]
}

const markUnheld = (sw: Switch, channel: Channel): void => {
  const now = micros(sw)
  changeCallState(sw, channel, 'UNHELD')
  const { caller } = channel
  const last = channel.holds.at(-1)
  if (last) channel.holds = [...channel.holds.slice(0, -1), [last[0], now]]
  if (caller && caller.times.lastHold > 0)
    markTime(caller, 'holdAccum', caller.times.holdAccum + now - caller.times.lastHold)
}

/** The SDP of the re-INVITE is set anew. */
const offerAgain = (channel: Channel): void => {
  const sdp = getVariable(channel, 'rtp_local_sdp_str')
  if (sdp !== undefined) setVariable(channel, 'rtp_local_sdp_str', sdp)
}

/** What the far end does with a re-INVITE, when it is on this switch (`sofia_handle_sip_i_state` in `sofia.c`). */
export const tellPeer = (sw: Switch, channel: Channel, act: (peer: Channel) => void): void => {
  later(sw, TIMING.signal, () => {
    const peer = channel.leg?.peer
    if (peer && isUp(peer)) act(peer)
  })
}

export const tellReinvite = (sw: Switch, peer: Channel): void =>
  emitGeneral(sw, KINDS.reinvite, header('Unique-ID', peer.uuid))

const emitHold = (sw: Switch, kind: Kind, channel: Channel): void => emit(sw, kind, channel)

/** Puts the far end on hold; false when it is already (`switch_ivr_hold` in `src/switch_ivr.c`). */
export const hold = (sw: Switch, channel: Channel): boolean => {
  if (channel.callState === 'HELD') return false
  markHeld(sw, channel)
  offerAgain(channel)
  emitHold(sw, KINDS.hold, channel)
  tellPeer(sw, channel, (peer) => {
    markHeld(sw, peer)
    emitHold(sw, KINDS.held, peer)
    tellReinvite(sw, peer)
  })
  return true
}

/** Takes the far end off hold; false when it is not (`switch_ivr_unhold`). */
export const unhold = (sw: Switch, channel: Channel): boolean => {
  if (channel.callState !== 'HELD') return false
  markUnheld(sw, channel)
  offerAgain(channel)
  emitHold(sw, KINDS.unhold, channel)
  later(sw, TIMING.signal, () => {
    if (isUp(channel)) changeCallState(sw, channel, 'ACTIVE')
  })
  tellPeer(sw, channel, (peer) => {
    markUnheld(sw, peer)
    emitHold(sw, KINDS.unheld, peer)
    tellReinvite(sw, peer)
    changeCallState(sw, peer, 'ACTIVE')
  })
  return true
}
