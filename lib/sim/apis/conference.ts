import { CONFERENCE_COMMANDS } from '../conference/conference-commands.ts'
import { jsonList } from '../conference/conference-json.ts'
import { list } from '../conference/conference-list.ts'
import { xmlList } from '../conference/conference-xml.ts'
import type { Conference, Member } from '../conference/conference.ts'
import { MEMBER_COMMANDS, type MemberCommand } from '../conference/member-commands.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

/** What `mod_conference` can do besides, and the embedded switch cannot. */
const NOT_MODELLED = new Set(
  (
    'canvas-auto-clear auto-energy max-energy agc vid-canvas vid-watching-canvas vid-layer position auto-3d-position moh ' +
    'pause_play play_status file_seek say saymember cam vid-flip vid-border hold unhold vmute tvmute vmute-snap unvmute ' +
    'vblind tvblind unvblind vid-filter relate getvar setvar dial bgdial transfer record chkrecord norecord pause resume ' +
    'recording exit_sound enter_sound set file-vol vid-floor vid-banner vid-mute-img vid-logo-img vid-codec-group ' +
    'vid-res-id vid-role-id clear-vid-floor vid-layout vid-write-png vid-fps vid-res vid-fgimg vid-bgimg vid-bandwidth ' +
    'vid-personal'
  ).split(' '),
)

/** The members that `all`, `last`, `non_moderator` or a number mean; undefined for a word that means nothing. */
const chosen = ({ members }: Conference, who: string): readonly Member[] | undefined => {
  const word = who.toLowerCase()
  if (word === 'all') return members
  if (word === 'non_moderator') return members.filter(({ moderator }) => !moderator)
  if (word === 'last') return members.slice(0, 1)
  const id = Number.parseInt(who, 10) || 0
  return id === 0 ? undefined : members.filter((member) => member.id === id)
}

const runForMembers = (
  sw: Switch,
  conference: Conference,
  name: string,
  command: MemberCommand,
  [who = '', data]: readonly string[],
): string => {
  const members = chosen(conference, who)
  if (!members) return `${name} ${command.syntax}`
  if (members.length === 0 && /^\d/.test(who)) return `-ERR Non-Existant ID ${Number.parseInt(who, 10)}\n`
  return [...members].map((member) => command.run(sw, member, data)).join('')
}

const dispatch = (sw: Switch, conference: Conference, words: readonly string[]): string => {
  const [verb, ...args] = words
  if (verb === undefined) return "Conference command, not specified.\nTry 'help'\n"
  const name = verb.toLowerCase()
  const member = MEMBER_COMMANDS.get(name)
  if (member) return runForMembers(sw, conference, name, member, args)
  const whole = CONFERENCE_COMMANDS.get(name)
  if (whole) return whole.run(sw, conference, args) ?? `${name} ${whole.syntax}`
  return NOT_MODELLED.has(name)
    ? `-ERR conference ${verb} is not modelled by the embedded switch\n`
    : `-ERR Conference command '${verb}' not found.\n`
}

/** `conference [<name>] <command> ...` (`conference_api_main_real` in `conference_api.c`). */
export const conferenceApi = (sw: Switch, arg: string): string => {
  const [first = '', ...rest] = separate(arg, ' ', 25)
  const conference = sw.conferences.byName.get(first)
  if (conference) return dispatch(sw, conference, rest)
  const all = [...sw.conferences.byName.values()]
  switch (first.toLowerCase()) {
    case 'list':
      return list(sw, undefined, rest)
    case 'count':
      return String(all.length)
    case 'xml_list':
      return xmlList(sw, all)
    case 'json_list':
      return jsonList(sw, all, rest[0] === 'compact')
    default:
      return NOT_MODELLED.has(rest[0] ?? '') || first === '' || /^(help|commands)$/i.test(first)
        ? `-ERR conference ${arg} is not modelled by the embedded switch\n`
        : `-ERR Conference ${first} not found\n`
  }
}
