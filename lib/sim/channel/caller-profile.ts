import { header } from '../events/encode.ts'
import { flat } from '../events/flat.ts'

/** When what happened to a channel, in microseconds since the epoch; 0 for what has not. */
export interface Times {
  created: number
  answered: number
  progress: number
  progressMedia: number
  hangup: number
  bridged: number
  /** When the profile began, where that is not when the channel did: after a transfer. */
  profile: number
  /** When it was put on hold last, and for how long it was in all, in microseconds. */
  lastHold: number
  holdAccum: number
}

/** Who calls whom: what FreeSWITCH calls a caller profile (`switch_caller_profile_t`). */
export interface CallerProfile {
  direction: 'inbound' | 'outbound'
  logicalDirection: 'inbound' | 'outbound'
  username: string
  dialplan: string
  name: string
  number: string
  origName: string
  origNumber: string
  calleeName: string
  calleeNumber: string
  networkAddr: string
  ani: string
  destination: string
  uuid: string
  source: string
  transferSource: string
  context: string
  /** Whom it was for before a transfer. */
  rdnis: string
  channelName: string
  index: string
  /** What of the caller id is to be hidden. */
  hideName?: boolean
  hideNumber?: boolean
  times: Times
  /** Caller id as the switch's table of channels still has it: what the phone was told later does not get there. */
  listed: { readonly name: string; readonly number: string } | undefined
  /** Its headers, while nothing in it has changed: who, and when. */
  who: string | undefined
  when: string | undefined
}

export const noTimes = (): Times => ({
  created: 0,
  answered: 0,
  progress: 0,
  progressMedia: 0,
  hangup: 0,
  bridged: 0,
  profile: 0,
  lastHold: 0,
  holdAccum: 0,
})

/** What every channel's first profile begins with. */
export const firstProfile = ({
  uuid,
  name,
  createdAt,
}: {
  readonly uuid: string
  readonly name: string
  readonly createdAt: number
}) => ({
  uuid,
  transferSource: '',
  rdnis: '',
  channelName: name,
  index: '1',
  times: { ...noTimes(), created: createdAt },
  listed: undefined,
  who: undefined,
  when: undefined,
})

/** Changes a profile. */
export const updateProfile = (
  profile: CallerProfile,
  change: Partial<Omit<CallerProfile, 'who' | 'when' | 'times'>>,
): void => {
  Object.assign(profile, change)
  profile.who = undefined
}

/** Notes when something happened, in microseconds since the epoch. */
export const markTime = (profile: CallerProfile, what: keyof Times, at: number): void => {
  profile.times[what] = at
  profile.when = undefined
}

/** The profile as the other leg of a bridge shows it: a copy with times of its own. */
export const cloneProfile = (
  profile: CallerProfile,
  change: Partial<Omit<CallerProfile, 'who' | 'when'>>,
): CallerProfile => ({
  ...profile,
  times: noTimes(),
  index: '',
  listed: undefined,
  ...change,
  who: undefined,
  when: undefined,
})

/** A called leg that has a dialplan of its own is a caller (`CF_DIALPLAN` in `src/switch_channel.c`). */
export const logicalDirection = (channel: {
  readonly direction: 'inbound' | 'outbound'
  readonly hitDialplan: boolean
}): 'inbound' | 'outbound' => (channel.hitDialplan ? 'inbound' : channel.direction)

export type Prefix = 'Caller' | 'Other-Leg' | 'Channel'

/** What is put before each header: the same names for the two prefixes, made once. */
const namesFor = (prefix: Prefix) =>
  ({
    direction: `\n${prefix}-Direction: `,
    logicalDirection: `\n${prefix}-Logical-Direction: `,
    username: `${prefix}-Username`,
    dialplan: `${prefix}-Dialplan`,
    name: `${prefix}-Caller-ID-Name`,
    number: `${prefix}-Caller-ID-Number`,
    origName: `${prefix}-Orig-Caller-ID-Name`,
    origNumber: `${prefix}-Orig-Caller-ID-Number`,
    calleeName: `${prefix}-Callee-ID-Name`,
    calleeNumber: `${prefix}-Callee-ID-Number`,
    networkAddr: `${prefix}-Network-Addr`,
    ani: `${prefix}-ANI`,
    destination: `${prefix}-Destination-Number`,
    uuid: `${prefix}-Unique-ID`,
    source: `${prefix}-Source`,
    transferSource: `${prefix}-Transfer-Source`,
    context: `${prefix}-Context`,
    rdnis: `${prefix}-RDNIS`,
    channelName: `${prefix}-Channel-Name`,
    index: `${prefix}-Profile-Index`,
    profileCreated: `\n${prefix}-Profile-Created-Time: `,
    created: `\n${prefix}-Channel-Created-Time: `,
    answered: `\n${prefix}-Channel-Answered-Time: `,
    progress: `\n${prefix}-Channel-Progress-Time: `,
    progressMedia: `\n${prefix}-Channel-Progress-Media-Time: `,
    hangup: `\n${prefix}-Channel-Hangup-Time: `,
    bridged: `\n${prefix}-Channel-Transfer-Time: 0\n${prefix}-Channel-Resurrect-Time: 0\n${prefix}-Channel-Bridged-Time: `,
    lastHold: `\n${prefix}-Channel-Last-Hold: `,
    holdAccum: `\n${prefix}-Channel-Hold-Accum: `,
    hideName: `\n${prefix}-Screen-Bit: true\n${prefix}-Privacy-Hide-Name: `,
    hideNumber: `\n${prefix}-Privacy-Hide-Number: `,
  }) as const

const NAMES = {
  Caller: namesFor('Caller'),
  'Other-Leg': namesFor('Other-Leg'),
  Channel: namesFor('Channel'),
} as const

const who = (p: CallerProfile, n: (typeof NAMES)[Prefix]): string =>
  n.direction +
  p.direction +
  n.logicalDirection +
  p.logicalDirection +
  header(n.username, p.username) +
  header(n.dialplan, p.dialplan) +
  header(n.name, p.name) +
  header(n.number, p.number) +
  (p.name === '' ? '' : header(n.origName, p.origName)) +
  (p.number === '' ? '' : header(n.origNumber, p.origNumber)) +
  header(n.calleeName, p.calleeName) +
  header(n.calleeNumber, p.calleeNumber) +
  header(n.networkAddr, p.networkAddr) +
  header(n.ani, p.ani) +
  header(n.destination, p.destination) +
  header(n.uuid, p.uuid) +
  header(n.source, p.source) +
  header(n.transferSource, p.transferSource) +
  header(n.context, p.context) +
  header(n.rdnis, p.rdnis) +
  header(n.channelName, p.channelName) +
  header(n.index, p.index)

const when = ({ times: t, hideName, hideNumber }: CallerProfile, n: (typeof NAMES)[Prefix]): string =>
  `${n.profileCreated}${t.profile || t.created}${n.created}${t.created}${n.answered}${t.answered}${n.progress}${t.progress}` +
  `${n.progressMedia}${t.progressMedia}${n.hangup}${t.hangup}${n.bridged}${t.bridged}` +
  `${n.lastHold}${t.lastHold}${n.holdAccum}${t.holdAccum}${n.hideName}${hideName ?? false}${n.hideNumber}${hideNumber ?? false}`

/**
 * The profile's headers, in the order of `switch_caller_profile_event_set_data` in `src/switch_caller.c`. A profile is
 * always shown with the same prefix.
 */
export const profileText = (profile: CallerProfile, prefix: Prefix): string => {
  const names = NAMES[prefix]
  return (profile.who ??= flat(who(profile, names))) + (profile.when ??= flat(when(profile, names)))
}
