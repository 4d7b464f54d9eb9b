import type { Switch } from '../core/switch.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { findSound } from '../media/sound.ts'
import { RATE, type Conference } from './conference.ts'
import { tellConference, tellMember } from './conference-events.ts'
import { playToConference, stopFiles } from './conference-files.ts'
import { jsonList } from './conference-json.ts'
import { list } from './conference-list.ts'
import { xmlList } from './conference-xml.ts'

/** A command for a conference as a whole: what it prints, or undefined when its arguments are wrong. */
export interface ConferenceCommand {
  readonly syntax: string
  readonly run: (sw: Switch, conference: Conference, args: readonly string[]) => string | undefined
}

const playToMember = (sw: Switch, conference: Conference, file: string, id: string): string => {
  const member = conference.members.find((one) => String(one.id) === id)
  if (!member) return `-ERR Member: ${id} not found.\n`
  if (!findSound(sw.config, file)) return `-ERR (play) File: ${file} not found.\n`
  tellMember(sw, KINDS.playFileMember, member, 'play-file-member', header('File', file))
  return `+OK (play) Playing file ${file} to member ${id}\n`
}

const play = (
  sw: Switch,
  conference: Conference,
  [file, id, ...more]: readonly string[],
): string | undefined => {
  if (file === undefined) return undefined
  const async = [id, ...more].some((word) => word?.toLowerCase() === 'async')
  if (id !== undefined && id.toLowerCase() !== 'async') return playToMember(sw, conference, file, id)
  if (!playToConference(sw, conference, file, async)) return `-ERR (play) File: ${file} not found.\n`
  const rest = `${header('File', file)}\nAsync: ${async}`
  tellConference(sw, KINDS.playFile, conference, 'play-file', rest)
  return `+OK (play) Playing file ${file}\n`
}

const stop = (_: Switch, conference: Conference, [which = 'all']: readonly string[]): string | undefined => {
  const word = which.toLowerCase()
  return word === 'current' || word === 'all' || word === 'async'
    ? `+OK Stopped ${stopFiles(conference, word)} files.\n`
    : undefined
}

const lock =
  (locked: boolean) =>
  (sw: Switch, conference: Conference): string => {
    conference.locked = locked
    tellConference(
      sw,
      locked ? KINDS.lockConference : KINDS.unlockConference,
      conference,
      locked ? 'lock' : 'unlock',
    )
    return `+OK ${conference.name} ${locked ? 'locked' : 'unlocked'}\n`
  }

const get = (sw: Switch, conference: Conference, [name = '']: readonly string[]): string | undefined => {
  const values: Readonly<Record<string, string | number>> = {
    run_time: Math.floor(sw.clock.now() / 1000) - conference.startedAt,
    count: conference.members.length,
    count_ghosts: 0,
    max_members: 0,
    rate: RATE,
    profile_name: 'default',
    is_locked: conference.locked ? 'locked' : '',
    uuid: conference.uuid,
    endconference_grace_time: 0,
  }
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  return value === undefined ? undefined : String(value)
}

const setPin = (_: Switch, conference: Conference, [pin]: readonly string[]): string | undefined => {
  if (pin === undefined) return undefined
  conference.pin = pin
  return `+OK Pin for conference ${conference.name} set: ${pin}\n`
}

const noPin = (_: Switch, conference: Conference): string => {
  conference.pin = ''
  return `+OK Pin for conference ${conference.name} deleted\n`
}

const CONFERENCE_COMMAND_LIST: readonly (readonly [string, string, ConferenceCommand['run']])[] = [
  ['count', '', (_, { members }) => String(members.length)],
  ['list', '[delim <string>]|[count]', (sw, conference, args) => list(sw, conference, args)],
  ['xml_list', '', (sw, conference) => xmlList(sw, [conference])],
  ['json_list', '[compact]', (sw, conference, [how]) => jsonList(sw, [conference], how === 'compact')],
  ['play', '<file_path> [async|<member_id> [nomux]]', play],
  ['stop', '<[current|all|async|last]> [<member_id>]', stop],
  ['lock', '', lock(true)],
  ['unlock', '', lock(false)],
  ['pin', '<pin#>', setPin],
  ['nopin', '', noPin],
  ['get', '<parameter-name>', get],
]

export const CONFERENCE_COMMANDS: ReadonlyMap<string, ConferenceCommand> = new Map(
  CONFERENCE_COMMAND_LIST.map(([name, syntax, run]) => [name, { syntax, run }]),
)
