import { updateProfile } from '../channel/caller-profile.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { emit } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { setOwn } from '../channel/variables.ts'

/**
 * Whether the phone at the other side of a leg is shown the caller, not the callee (`switch_channel_inbound_display` in
 * `src/switch_channel.c`).
 */
export const showsCaller = (channel: Channel): boolean =>
  channel.direction === 'inbound' ? !channel.bleg : channel.hitDialplan

const bridgedTo = (channel: Channel): string => header('Bridged-To', channel.partner ?? '')

/** An INFO has come from the far end: RECV_INFO (`create_info_event` in `sofia.c`). */
export const emitInfo = (sw: Switch, channel: Channel, type: string, body = ''): void => {
  const { leg } = channel
  if (!leg || !isUp(channel)) return
  const { fromUser, toUser, callerHost, calledHost } = leg.dialog
  const caller = [fromUser, callerHost] as const
  const called = [toUser, calledHost] as const
  const [from, to] = channel.direction === 'inbound' ? [caller, called] : [called, caller]
  const contact = channel.direction === 'inbound' ? 'mod_sofia' : toUser
  const headers =
    `\nSIP-Content-Type: ${type}\nSIP-From-User: ${from[0]}\nSIP-From-Host: ${from[1]}` +
    `\nSIP-To-User: ${to[0]}\nSIP-To-Host: ${to[1]}` +
    `\nSIP-Contact-User: ${contact}\nSIP-Contact-Host: ${from[1]}`
  emit(sw, KINDS.info, channel, headers, '', body)
}

/** The INFO has come: whom the leg is talking to (`sofia_update_callee_id` in `sofia.c`). */
const hearParty = (sw: Switch, channel: Channel, name: string, number: string): void => {
  const { caller } = channel
  if (!caller || !isUp(channel)) return
  const inbound = showsCaller(channel)
  const same = inbound
    ? caller.name === name && caller.number === number
    : caller.calleeName === name && caller.calleeNumber === number
  if (!same) {
    if (inbound) caller.listed ??= { name: caller.name, number: caller.number }
    updateProfile(caller, inbound ? { name, number } : { calleeName: name, calleeNumber: number })
    emit(sw, KINDS.heardUpdate, channel, `\nDirection: RECV${bridgedTo(channel)}`)
  }
  emitInfo(sw, channel, 'message/update_display')
}

/**
 * The phone of a leg is told whom it talks to, unless it knows: CALL_UPDATE, and an INFO to the far end
 * (`SWITCH_MESSAGE_INDICATE_DISPLAY` in `sofia_receive_message`).
 */
export const showParty = (sw: Switch, channel: Channel, name: string, number: string): void => {
  if (channel.answerState !== 'answered' || !channel.leg) return
  setOwn(channel, 'last_sent_callee_id_name', name)
  setOwn(channel, 'last_sent_callee_id_number', number)
  const shown = `${name} <${number}>`
  if (channel.leg.shown === shown) return
  channel.leg.shown = shown
  const sent = header('Sent-Callee-ID-Name', name) + header('Sent-Callee-ID-Number', number)
  emit(sw, KINDS.sentUpdate, channel, `\nDirection: SEND${sent}${bridgedTo(channel)}`)
  const { peer } = channel.leg
  if (peer) later(sw, TIMING.signal, () => hearParty(sw, peer, name, number))
}
