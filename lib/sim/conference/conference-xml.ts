import type { Switch } from '../core/switch.ts'
import { RATE, type Conference, type Member } from './conference.ts'

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const element = (indent: number, name: string, value: string | number | boolean): string =>
  `${' '.repeat(indent)}<${name}>${escapeXml(String(value))}</${name}>\n`

const memberXml = (now: number, member: Member): string => {
  const { channel, conference } = member
  const flags: readonly (readonly [string, boolean])[] = [
    ['can_hear', member.canHear],
    ['can_see', true],
    ['can_speak', member.canSpeak],
    ['mute_detect', false],
    ['talking', false],
    ['hold', false],
    ['has_video', false],
    ['video_bridge', false],
    ['has_floor', conference.floor === member],
    ['is_moderator', member.moderator],
    ['end_conference', member.endsConference],
    ['mandatory_member_end_conference', false],
    ['is_ghost', false],
  ]
  return (
    '      <member type="caller">\n' +
    element(8, 'id', member.id) +
    `        <flags>\n${flags.map(([name, value]) => element(10, name, value)).join('')}        </flags>\n` +
    element(8, 'uuid', channel.uuid) +
    element(8, 'caller_id_name', channel.caller?.name ?? '') +
    element(8, 'caller_id_number', channel.caller?.number ?? '') +
    element(8, 'join_time', now - member.joinedAt) +
    element(8, 'last_talking', 'N/A') +
    element(8, 'energy', member.energy) +
    element(8, 'volume_in', member.volumeIn) +
    element(8, 'volume_out', member.volumeOut) +
    element(8, 'output-volume', member.volumeOut) +
    '      </member>\n'
  )
}

const conferenceXml = (now: number, conference: Conference): string => {
  const { name, uuid, members, locked, startedAt } = conference
  const flags = ['running', 'answered', 'enforce_min', 'dynamic', 'exit_sound', 'enter_sound']
  const all = (locked ? ['locked', ...flags] : flags).map((flag) => ` ${flag}="true"`).join('')
  return (
    `  <conference name="${escapeXml(name)}" member-count="${members.length}" ghost-count="0" rate="${RATE}"` +
    ` uuid="${uuid}"${all} run_time="${now - startedAt}">\n    <variables></variables>\n` +
    `    <members>\n${members.map((member) => memberXml(now, member)).join('')}    </members>\n  </conference>\n`
  )
}

/** `conference [<name>] xml_list` (`conference_xlist` in `mod_conference.c`). */
export const xmlList = (sw: Switch, conferences: readonly Conference[]): string => {
  const now = Math.floor(sw.clock.now() / 1000)
  const all = conferences.map((conference) => conferenceXml(now, conference)).join('')
  return `<?xml version="1.0"?>\n${all === '' ? '<conferences></conferences>\n' : `<conferences>\n${all}</conferences>\n`}`
}
