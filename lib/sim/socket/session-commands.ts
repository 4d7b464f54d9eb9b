import { uuidGetvar } from '../apis/uuid-variables.ts'
import { cloneProfile } from '../channel/caller-profile.ts'
import type { Channel } from '../channel/channel.ts'
import { profileText } from '../channel/profile-text.ts'
import { variablesText } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import { channelText } from '../events/channel-text.ts'
import { nextSequence } from '../events/emit.ts'
import { asSent } from '../events/encode.ts'
import { eventHead } from '../events/event-head.ts'
import { KINDS } from '../events/kinds.ts'
import { setVariable } from '../channel/variables.ts'
import type { ControlledSession } from './controlled-session.ts'
import { setLinger } from './hangup-notice.ts'
import { sendText, type Listener } from './listener.ts'

/** What a connection says to, or about, the session that it controls (`parse_command` in `mod_event_socket.c`). */

/** The caller once more, as `Channel-…`. */
const callerAgain = ({ caller }: Channel): string =>
  caller ? profileText(cloneProfile(caller, { times: caller.times, index: caller.index }), 'Channel') : ''

/** `connect`: answered with everything that is known of the channel, always in the plain format, and encoded throughout. */
export const connectCommand = (sw: Switch, listener: Listener, session: ControlledSession): void => {
  const { channel, async, opener } = session
  const text =
    eventHead(sw, KINDS.connected, nextSequence(sw)) +
    callerAgain(channel) +
    channelText(channel) +
    variablesText(channel) +
    '\nContent-Type: command/reply\nReply-Text: %2BOK%0A' +
    `\nSocket-Mode: ${async ? 'async' : 'static'}` +
    `\nControl: ${listener.outbound === 'full' ? 'full' : 'single-channel'}`
  sendText(listener, `${asSent(text)}\n\n`)
  opener?.connected()
}

/** `getvar <name>`: the value, as it is; of an unset one there is nothing to answer with. */
export const getvarCommand = (sw: Switch, { channel }: ControlledSession, rest: string): string => {
  const value = uuidGetvar(sw, `${channel.uuid} ${rest.slice(rest.indexOf(' ') + 1)}`)
  return !rest.includes(' ') || value === '_undef_' || value.startsWith('-USAGE') ? '' : value
}

/** `resume`: when the connection is over, the call goes on with its dialplan. */
export const resumeCommand = (session: ControlledSession): string => {
  const { channel, opener, async } = session
  if (!opener || !async)
    return '-ERR resume on a connection that is not outbound and async is not modelled by the embedded switch'
  session.resume = true
  setVariable(channel, 'socket_resume', 'true')
  return '+OK'
}

/** `linger [seconds]`, for ever without them. */
export const lingerCommand = (sw: Switch, listener: Listener, rest: string): string => {
  const { session } = listener
  if (!session) return '-ERR not controlling a session'
  const [, given] = /^ (.+)/.exec(rest) ?? []
  const seconds = given === undefined ? -1 : Number.parseInt(given, 10) || 0
  setLinger(sw, listener, session, seconds)
  return seconds === -1 ? '+OK will linger' : `+OK will linger ${seconds} seconds`
}

export const nolingerCommand = ({ session }: Listener): string => {
  if (!session) return '-ERR not controlling a session'
  session.linger = undefined
  return '+OK will not linger'
}

/** `divert_events on|off`: what is sent to the session, by `sendevent`, comes here instead. */
export const divertEventsCommand = ({ session }: Listener, rest: string): string => {
  if (!session) return '-ERR not controlling a session.'
  const value = rest.trim()
  if (value === '') return '-ERR missing value.'
  session.diverts = value.toLowerCase() === 'on'
  return session.diverts ? '+OK events diverted' : '+OK events not diverted'
}
