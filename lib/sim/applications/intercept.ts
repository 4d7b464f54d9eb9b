import { answer } from '../calls/called-side.ts'
import { bridgeChannels } from '../calls/uuid-bridge.ts'
import { isUp, type Channel } from '../channel/channel.ts'
import { hangup } from '../channel/hangup.ts'
import { getVariable, isTrue, setVariable } from '../channel/variables.ts'
import { partnerOf, type Switch } from '../core/switch.ts'
import type { Application } from '../execution/execution.ts'

const wanted = (channel: Channel, other: Channel): boolean => {
  const only = (name: string): boolean => isTrue(getVariable(channel, name))
  if (only('intercept_unbridged_only') && other.partner !== undefined) return false
  return !(only('intercept_unanswered_only') && other.answerState === 'answered')
}

/** Takes a call over from the one that has it, which is hung up (`switch_ivr_intercept_session`). */
const takeOver = (sw: Switch, channel: Channel, other: Channel): void => {
  if (!wanted(channel, other)) return
  answer(sw, channel)
  const loser = partnerOf(sw, other)
  answer(sw, other)
  if (loser && loser !== channel) setVariable(loser, 'park_after_bridge', 'true')
  bridgeChannels(sw, channel, other)
  if (loser && loser !== channel) hangup(sw, loser, 'PICKED_OFF', 'command')
}

/** `intercept [-bleg] <uuid>` (`intercept_function` in `mod_dptools.c`). */
export const intercept: Application = (sw, run) => {
  const words = run.arg.split(/ +/).filter((word) => word !== '')
  const bleg = words[0]?.toLowerCase() === '-bleg'
  const named = sw.channels.get((bleg ? words[1] : words[0]) ?? '')
  const other = named && bleg ? partnerOf(sw, named) : named
  if (other && other !== run.channel && isUp(other)) takeOver(sw, run.channel, other)
  run.end()
}
