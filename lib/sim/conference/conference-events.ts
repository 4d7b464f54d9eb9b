import { channelText } from '../events/channel-text.ts'
import { emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS, type Kind } from '../events/kinds.ts'
import type { Switch } from '../core/switch.ts'
import { DOMAIN, PROFILE, type Conference, type Member } from './conference.ts'

/** The events of a conference: CUSTOM `conference::maintenance`, and PRESENCE_IN. */

/** What every event tells of a conference (`conference_event_add_data`). */
const conferenceText = ({ name, uuid, members }: Conference): string =>
  header('Conference-Name', name) +
  `\nConference-Domain: ${DOMAIN}\nConference-Size: ${members.length}\nConference-Ghosts: 0` +
  `\nConference-Profile-Name: ${PROFILE}\nConference-Unique-ID: ${uuid}`

/** And of a member (`conference_member_add_event_data`). */
const memberText = (member: Member): string => {
  const { conference, channel, id, canHear, canSpeak, moderator, energy } = member
  return (
    conferenceText(conference) +
    `\nFloor: ${conference.floor === member}${channelText(channel)}` +
    `\nVideo: false\nHear: ${canHear}\nSee: true\nSpeak: ${canSpeak}\nTalking: false\nMute-Detect: false\nHold: false` +
    `\nMember-ID: ${id}\nMember-Type: ${moderator ? 'moderator' : 'member'}\nMember-Ghost: false` +
    `\nEnergy-Level: ${energy}\nCurrent-Energy: 0`
  )
}

/** Tells of a conference as a whole; `before` are headers in front of the action. */
export const tellConference = (
  sw: Switch,
  kind: Kind,
  conference: Conference,
  action: string,
  rest = '',
  before = '',
): void => emitGeneral(sw, kind, `${conferenceText(conference)}${before}\nAction: ${action}${rest}`)

/** Tells of a member. */
export const tellMember = (sw: Switch, kind: Kind, member: Member, action: string, rest = ''): void =>
  emitGeneral(sw, kind, `${memberText(member)}\nAction: ${action}${rest}`)

/** Who has the floor has changed; with somebody there, all the conference's headers come twice. */
export const tellFloor = (sw: Switch, conference: Conference, old: Member | undefined): void => {
  const { floor } = conference
  const to = floor ? `${memberText(floor)}\nNew-ID: ${floor.id}` : '\nNew-ID: none'
  tellConference(sw, KINDS.floorChange, conference, 'floor-change', `\nOld-ID: ${old?.id ?? 'none'}${to}`)
}

/** PRESENCE_IN: how many callers there are (`conference_send_presence`). */
export const tellPresence = (sw: Switch, { name, members }: Conference): void => {
  const count = members.length
  const status =
    count === 0
      ? header('force-status', 'Inactive') +
        '\nchannel-state: CS_HANGUP\nanswer-state: terminated\ncall-direction: inbound'
      : header('force-status', `Active (${count} caller${count === 1 ? '' : 's'})`) +
        `\nchannel-state: CS_ROUTING\nanswer-state: ${count === 1 ? 'early' : 'confirmed'}` +
        `\npresence-call-direction: ${count === 1 ? 'outbound' : 'inbound'}`
  emitGeneral(
    sw,
    KINDS.conferencePresence,
    '\nproto: conf' +
      header('login', name) +
      header('from', name.includes('@') ? name : `${name}@${DOMAIN}`) +
      `\nevent_type: presence\nalt_event_type: dialog\nevent_count: ${sw.conferences.presences++}` +
      header('unique-id', name) +
      status,
  )
}
