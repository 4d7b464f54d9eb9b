import type { Switch } from '../core/switch.ts'
import { takeControl } from './controlled-session.ts'
import type { Listener } from './listener.ts'
import { refreshWanting } from './subscription.ts'

/** What `myevents` subscribes to. */
const MY_EVENTS = `
  CHANNEL_ANSWER CHANNEL_APPLICATION CHANNEL_BRIDGE CHANNEL_CREATE CHANNEL_DATA CHANNEL_DESTROY CHANNEL_EXECUTE
  CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_ORIGINATE CHANNEL_UUID CHANNEL_OUTGOING
  CHANNEL_PARK CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_STATE CHANNEL_UNBRIDGE CHANNEL_UNPARK
  DETECTED_SPEECH DTMF NOTALK TALK`
  .trim()
  .split(/\s+/)

/** A session that is not there is no error, as long as no format is asked for. */
const bind = (sw: Switch, listener: Listener, [uuid = '', format]: readonly string[]): boolean => {
  const channel = sw.channels.get(uuid)
  if (channel) takeControl(sw, listener, channel, { async: true })
  return channel !== undefined || format === undefined
}

/**
 * `myevents [json|xml]` on an outbound connection, `myevents <uuid> [<format>]` on an inbound one, which is bound to that
 * session from now on: the reply. FreeSWITCH looks for the format in the text up to the uuid, so that an inbound
 * connection keeps the one that it has.
 */
export const myEventsCommand = (sw: Switch, listener: Listener, rest: string): string => {
  if (listener.myEvents) return '-ERR aready enabled.'
  const words = rest.trimStart().split(' ')
  const seen = listener.session ? rest : (words[0] ?? '')
  if (!listener.session && !bind(sw, listener, words)) return '-ERR invalid uuid'
  for (const name of MY_EVENTS) listener.subscription.names.add(name)
  listener.subscription.listening = true
  listener.myEvents = true
  if (/xml|XML/.test(seen)) listener.format = 'xml'
  if (/json|JSON/.test(seen)) listener.format = 'json'
  refreshWanting(sw)
  return '+OK Events Enabled'
}
