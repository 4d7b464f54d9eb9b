import { readDigits } from '../media/digits.ts'
import { sendDigits } from '../media/send-digits.ts'
import type { Switch } from '../core/switch.ts'
import { header } from '../events/encode.ts'
import { KINDS, type Kind } from '../events/kinds.ts'
import type { Member } from './conference.ts'
import { tellMember } from './conference-events.ts'
import { giveFloor, sendAway } from './membership.ts'

/** A command for one member, or for each of several (`conference_api.c`): what it prints. */
export interface MemberCommand {
  readonly syntax: string
  readonly run: (sw: Switch, member: Member, data: string | undefined) => string
}

const WHO = '<[member_id|all|last|non_moderator]>'
const WHO_ELSE = '<[member_id|all]|last|non_moderator>'
const LEVEL = '<member_id|all|last|non_moderator> [<newval>]'

const flagged =
  (kind: Kind, verb: string, change: (member: Member) => void) =>
  (sw: Switch, member: Member): string => {
    change(member)
    tellMember(sw, kind, member, `${verb}-member`)
    return `+OK ${verb} ${member.id}\n`
  }

const mute = flagged(KINDS.muteMember, 'mute', (member) => (member.canSpeak = false))
const unmute = flagged(KINDS.unmuteMember, 'unmute', (member) => (member.canSpeak = true))

const LOUDEST = 4
const MOST_ENERGY = 1800

const levelOf = (data: string, before: number, step: number, least: number, most: number): number => {
  const value =
    data.toLowerCase() === 'up'
      ? before + step
      : data.toLowerCase() === 'down'
        ? before - step
        : Number.parseInt(data, 10) || 0
  return Math.min(most, Math.max(least, value))
}

const volume =
  (kind: Kind, side: 'volumeIn' | 'volumeOut', action: string, label: string) =>
  (sw: Switch, member: Member, data: string | undefined): string => {
    if (data !== undefined) {
      member[side] = levelOf(data, member[side], 1, -LOUDEST, LOUDEST)
      tellMember(sw, kind, member, action, `\nVolume-Level: ${member[side]}`)
    }
    return `+OK Volume ${label} ${member.id} = ${member[side]}\n`
  }

const energy = (sw: Switch, member: Member, data: string | undefined): string => {
  if (data !== undefined) {
    member.energy = levelOf(data, member.energy, 200, 0, MOST_ENERGY)
    tellMember(sw, KINDS.energyMember, member, 'energy-level-member', `\nEnergy-Level: ${member.energy}`)
  }
  return `Energy ${member.id} = ${member.energy}\n`
}

const sendDtmf = (sw: Switch, member: Member, data: string | undefined): string => {
  if (data === undefined) return '-ERR Invalid input!\n'
  sendDigits(sw, member.channel, readDigits(data))
  tellMember(sw, KINDS.dtmfMember, member, 'dtmf-member', header('Digits', data))
  return `+OK sent ${data} to ${member.id}\n`
}

const takeOrLeaveFloor = (sw: Switch, member: Member): string => {
  const { conference } = member
  if (conference.floor && conference.floor !== member) return `-ERR floor is held by ${conference.floor.id}\n`
  const to = conference.floor === member ? undefined : member
  giveFloor(sw, conference, to)
  return to ? `+OK floor ${member.id}\n` : '+OK floor none\n'
}

const goAway =
  (kind: Kind, action: string, said: string) =>
  (sw: Switch, member: Member): string => {
    tellMember(sw, kind, member, action)
    sendAway(sw, member)
    return `+OK ${said} ${member.id}\n`
  }

const MEMBER_COMMAND_LIST: readonly (readonly [string, string, MemberCommand['run']])[] = [
  ['energy', LEVEL, energy],
  ['volume_in', LEVEL, volume(KINDS.volumeInMember, 'volumeIn', 'volume-in-member', 'IN')],
  ['volume_out', LEVEL, volume(KINDS.volumeOutMember, 'volumeOut', 'volume-out-member', 'OUT')],
  ['dtmf', `${WHO} <digits>`, sendDtmf],
  ['kick', `${WHO} [<optional sound file>]`, goAway(KINDS.kickMember, 'kick-member', 'kicked')],
  ['hup', WHO, goAway(KINDS.hupMember, 'hup-member', 'hup')],
  ['mute', `${WHO_ELSE} [<quiet>]`, mute],
  ['tmute', `${WHO_ELSE} [<quiet>]`, (sw, member) => (member.canSpeak ? mute : unmute)(sw, member)],
  ['unmute', `${WHO_ELSE} [<quiet>]`, unmute],
  ['deaf', WHO_ELSE, flagged(KINDS.deafMember, 'deaf', (member) => (member.canHear = false))],
  ['undeaf', WHO_ELSE, flagged(KINDS.undeafMember, 'undeaf', (member) => (member.canHear = true))],
  ['floor', '<member_id|last>', takeOrLeaveFloor],
  ['get-uuid', '<member_id|last>', (_, member) => member.channel.uuid],
]

export const MEMBER_COMMANDS: ReadonlyMap<string, MemberCommand> = new Map(
  MEMBER_COMMAND_LIST.map(([name, syntax, run]) => [name, { syntax, run }]),
)
