import type { Switch } from '../core/switch.ts'
import { RATE, type Conference, type Member } from './conference.ts'

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }

/** JSON with tabs, as cJSON prints it: a tab behind the colon, arrays on one line. */
const print = (value: Json, depth = 1): string => {
  if (Array.isArray(value)) return `[${value.map((one: Json) => print(one, depth + 1)).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const tabs = '\t'.repeat(depth)
  const members = Object.entries(value as Readonly<Record<string, Json>>).map(
    ([name, one]) => `${tabs}${JSON.stringify(name)}:\t${print(one, depth + 1)}`,
  )
  return `{\n${members.join(',\n')}${members.length > 0 ? '\n' : ''}${'\t'.repeat(depth - 1)}}`
}

const memberJson = (now: number, member: Member): Json => {
  const { channel, conference } = member
  return {
    type: 'caller',
    id: member.id,
    flags: {
      can_hear: member.canHear,
      can_see: true,
      can_speak: member.canSpeak,
      hold: false,
      mute_detect: false,
      talking: false,
      has_video: false,
      video_bridge: false,
      has_floor: conference.floor === member,
      is_moderator: member.moderator,
      end_conference: member.endsConference,
      mandatory_member_end_conference: false,
      pass_digits: false,
    },
    uuid: channel.uuid,
    caller_id_name: channel.caller?.name ?? '',
    caller_id_number: channel.caller?.number ?? '',
    join_time: now - member.joinedAt,
    last_talking: 0,
    energy: member.energy,
    volume_in: member.volumeIn,
    volume_out: member.volumeOut,
    'output-volume': member.volumeOut,
    'input-volume': member.volumeIn,
  }
}

const conferenceJson = (now: number, conference: Conference): Json => ({
  conference_name: conference.name,
  member_count: conference.members.length,
  ghost_count: 0,
  rate: RATE,
  run_time: now - conference.startedAt,
  conference_uuid: conference.uuid,
  canvas_count: 0,
  max_bw_in: 0,
  force_bw_in: 0,
  video_floor_packets: 0,
  locked: conference.locked,
  destruct: false,
  wait_mod: false,
  audio_always: false,
  running: true,
  answered: true,
  enforce_min: true,
  bridge_to: false,
  dynamic: true,
  exit_sound: true,
  enter_sound: true,
  recording: false,
  video_bridge: false,
  video_floor_only: false,
  video_rfc4579: false,
  variables: {},
  members: conference.members.map((member) => memberJson(now, member)),
})

/** `conference [<name>] json_list [compact]` (`conference_jlist` in `mod_conference.c`). */
export const jsonList = (sw: Switch, conferences: readonly Conference[], compact: boolean): string => {
  const now = Math.floor(sw.clock.now() / 1000)
  const all = conferences.map((conference) => conferenceJson(now, conference))
  return compact ? JSON.stringify(all) : print(all)
}
