import type { Channel } from './channel.ts'
import { tellPeer, tellReinvite } from './hold.ts'
import { setBlock, setVariable, unsetVariable } from './variables.ts'
import type { Switch } from '../core/switch.ts'

const CODEC = 'CORE_PCM_MODULE.PCMU@8000h@20i@64000b'

/** In a dialog that the called side goes on with, it is the one that calls (`sofia_handle_sip_r_invite` in `sofia.c`). */
const swapDirection = (channel: Channel): void => {
  const { leg } = channel
  if (!leg) return
  const d = leg.dialog
  unsetVariable(channel, 'sip_from_display')
  const display = d.fromName === '' ? '' : `\nvariable_sip_to_display: ${d.fromName}`
  setBlock(channel, `\nvariable_dlg_req_swap_direction: true${display}`)
  if (channel.direction !== 'inbound') return
  const called = `${d.toUser}%40${d.calledHost}%3A${d.calledPort}`
  setBlock(
    channel,
    `\nvariable_sip_reply_host: ${d.callerHost}\nvariable_sip_reply_port: ${d.callerPort}` +
      `\nvariable_sip_from_user: ${d.toUser}\nvariable_sip_from_port: ${d.calledPort}\nvariable_sip_from_uri: ${called}` +
      `\nvariable_sip_to_user: ${d.fromUser}\nvariable_sip_to_uri: ${d.fromUser}%40${d.callerHost}`,
    ['sip_from_user', 'sip_from_uri', 'sip_to_user', 'sip_to_port', 'sip_to_uri'],
  )
}

/** Sends a re-INVITE with the same media: the far end takes it, and tells of it (`sofia_handle_sip_i_state`). */
export const reinvite = (sw: Switch, channel: Channel): void => {
  const called = channel.direction === 'inbound'
  if (!called) setVariable(channel, 'absolute_codec_string', CODEC)
  tellPeer(sw, channel, (peer) => {
    tellReinvite(sw, peer)
    if (called) for (const leg of [channel, peer]) swapDirection(leg)
    else {
      setBlock(peer, `\nvariable_sip_reinvite_sdp: ${channel.leg?.dialog.caller.offer ?? ''}`, [
        'sip_reinvite_sdp',
      ])
      setVariable(peer, 'ep_codec_string', CODEC)
    }
  })
}
