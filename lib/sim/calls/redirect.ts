import { isUp, type Channel } from '../channel/channel.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'

/**
 * Takes a channel out of what it is doing, with its next audio frame, and then goes on with it elsewhere: FreeSWITCH
 * changes the channel's state, which its applications notice and end by.
 */
export const redirect = (sw: Switch, channel: Channel, go: () => void): void => {
  channel.redirect = go
  later(sw, TIMING.frame, () => {
    if (!isUp(channel) || channel.redirect !== go) return
    // Those that run now, not those that begin when the last of them has ended.
    for (const run of [...channel.executions].reverse()) run.stop('hangup')
    if (channel.redirect === go) channel.leaveBridge?.()
    takeRedirect(channel)
  })
}

/** Goes where the channel was sent, if it was: its own dialplan is over then. */
export const takeRedirect = (channel: Channel): boolean => {
  const go = channel.redirect
  channel.redirect = undefined
  go?.()
  return go !== undefined
}
