import type { Switch } from '../core/switch.ts'
import { RATE, type Conference, type Member } from './conference.ts'

/** What is set on every conference, and shown. */
const FLAGS = 'running|answered|enforce_min|dynamic|exit_sound|enter_sound|json_status'

const memberLine = (member: Member, delimiter: string): string => {
  const { channel, conference, canHear, canSpeak, moderator } = member
  const flags = [
    ...(canHear ? ['hear'] : []),
    ...(canSpeak ? ['speak'] : []),
    ...(conference.floor === member ? ['floor'] : []),
    ...(moderator ? ['moderator'] : []),
  ]
  const cells = [
    member.id,
    channel.name,
    channel.uuid,
    channel.caller?.name ?? '',
    channel.caller?.number ?? '',
    flags.join('|'),
    member.volumeIn,
    member.volumeOut,
    member.energy,
  ]
  return `${cells.join(delimiter)}\n`
}

/** The members, the one that came last first: `list` (`conference_list` in `mod_conference.c`). */
export const listMembers = ({ members }: Conference, delimiter = ';'): string =>
  members.map((member) => memberLine(member, delimiter)).join('')

const prettyMembers = ({ members }: Conference): string =>
  members
    .map(({ id, channel: { caller } }) => `${id}) ${caller?.name ?? ''} (${caller?.number ?? ''})\n`)
    .join('')

const summary = ({ name, members, locked }: Conference): string => {
  const plural = members.length === 1 ? '' : 's'
  const flags = locked ? `locked|${FLAGS}` : FLAGS
  return `+OK Conference ${name} (${members.length} member${plural} rate: ${RATE}${locked ? ' locked' : ''} flags: ${flags})\n`
}

/** `conference [<name>] list [delim <text>|pretty|summary|count]` (`conference_api_sub_list`). */
export const list = (sw: Switch, conference: Conference | undefined, options: readonly string[]): string => {
  const [how = '', text] = options
  const wanted = how.toLowerCase()
  const delimiter = wanted === 'delim' && text !== undefined ? text.replace(/^"([^"]*).*$/s, '$1') : ';'
  const members = (one: Conference): string =>
    wanted === 'pretty' ? prettyMembers(one) : listMembers(one, delimiter)
  if (conference) return wanted === 'count' ? String(conference.members.length) : members(conference)
  const all = [...sw.conferences.byName.values()]
  if (all.length === 0) return '+OK No active conferences.\n'
  return all.map((one) => summary(one) + (wanted === 'summary' ? '' : members(one))).join('')
}
