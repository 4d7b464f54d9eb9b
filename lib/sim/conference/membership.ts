import type { Channel } from '../channel/channel.ts'
import { readAsPcm, readAsBefore } from '../channel/transitions.ts'
import { setOwn } from '../channel/variables.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import { KINDS } from '../events/kinds.ts'
import type { Execution } from '../execution/execution.ts'
import type { Conference, Member } from './conference.ts'
import { tellConference, tellFloor, tellMember, tellPresence } from './conference-events.ts'

/** How a member comes, from the flags behind the conference's name. */
export interface MemberFlags {
  readonly muted: boolean
  readonly deaf: boolean
  readonly moderator: boolean
  readonly endsConference: boolean
}

const secondNow = (sw: Switch): number => Math.floor(sw.clock.now() / 1000)

/** Finds a conference by its name, or begins it: `conference-create`. */
export const openConference = (sw: Switch, name: string): Conference => {
  const known = sw.conferences.byName.get(name)
  if (known) return known
  const conference: Conference = {
    name,
    uuid: sw.random.uuid(),
    startedAt: secondNow(sw),
    members: [],
    floor: undefined,
    locked: false,
    pin: '',
    files: [],
    thread: undefined,
  }
  sw.conferences.byName.set(name, conference)
  tellConference(sw, KINDS.conferenceCreate, conference, 'conference-create')
  return conference
}

const setMemberVariables = (channel: Channel, member: Member): void => {
  setOwn(channel, 'conference_name', member.conference.name)
  setOwn(channel, 'app_session_uuid', member.conference.uuid)
  setOwn(channel, 'conference_member_id', String(member.id))
  setOwn(channel, 'conference_moderator', String(member.moderator))
  setOwn(channel, 'conference_ghost', 'false')
  setOwn(channel, 'conference_uuid', member.conference.uuid)
}

/** A channel joins: `add-member`. */
export const join = (sw: Switch, conference: Conference, run: Execution, flags: MemberFlags): Member => {
  const { channel } = run
  const member: Member = {
    id: ++sw.conferences.members,
    channel,
    run,
    conference,
    moderator: flags.moderator,
    endsConference: flags.endsConference,
    joinedAt: secondNow(sw),
    canHear: !flags.deaf,
    canSpeak: !flags.muted,
    energy: 0,
    volumeIn: 0,
    volumeOut: 0,
    leaving: false,
  }
  readAsPcm(sw, channel)
  conference.members.unshift(member)
  setMemberVariables(channel, member)
  tellMember(sw, KINDS.addMember, member, 'add-member')
  tellPresence(sw, conference)
  lookAfter(sw, conference)
  return member
}

/** A channel leaves, and its application ends: `del-member`. */
export const leave = (sw: Switch, member: Member): void => {
  const { conference, channel, run } = member
  const at = conference.members.indexOf(member)
  if (at < 0) return
  if (conference.floor === member) giveFloor(sw, conference, undefined)
  conference.members.splice(at, 1)
  tellPresence(sw, conference)
  tellMember(sw, KINDS.delMember, member, 'del-member')
  if (member.endsConference) for (const other of [...conference.members]) sendAway(sw, other)
  readAsBefore(sw, channel)
  lookAfter(sw, conference)
  run.end()
}

/** A member goes with its next frame. */
export const sendAway = (sw: Switch, member: Member): void => {
  if (member.leaving) return
  member.leaving = true
  later(sw, TIMING.frame, () => leave(sw, member))
}

/** Gives the floor to a member, or to nobody: `floor-change`. The one that leaves it counts no longer. */
export const giveFloor = (sw: Switch, conference: Conference, to: Member | undefined): void => {
  const old = conference.floor
  if (to && old === to) return
  conference.floor = to
  tellFloor(sw, conference, to ? old : undefined)
}

/** Somebody always has the floor, and a conference without members is over (`conference_thread_run`). */
const lookAfter = (sw: Switch, conference: Conference): void => {
  conference.thread ??= later(sw, TIMING.frame, () => {
    conference.thread = undefined
    const [first] = conference.members
    if (!first) {
      sw.conferences.byName.delete(conference.name)
      tellPresence(sw, conference)
      tellConference(sw, KINDS.conferenceDestroy, conference, 'conference-destroy')
    } else if (!conference.floor && first.canSpeak) giveFloor(sw, conference, first)
  })
}
