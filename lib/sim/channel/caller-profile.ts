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
  hideName: boolean
  hideNumber: boolean
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

/** What a channel's first profile is made of; the rest is the same for all. */
export type FirstProfile = Omit<
  CallerProfile,
  | 'uuid'
  | 'transferSource'
  | 'rdnis'
  | 'channelName'
  | 'index'
  | 'hideName'
  | 'hideNumber'
  | 'times'
  | 'listed'
  | 'who'
  | 'when'
>

/** Makes a channel's first profile. All are made here, field by field: what reads them is quicker where they have one shape. */
export const createProfile = (
  { uuid, name, createdAt }: { readonly uuid: string; readonly name: string; readonly createdAt: number },
  given: FirstProfile,
): CallerProfile => ({
  direction: given.direction,
  logicalDirection: given.logicalDirection,
  username: given.username,
  dialplan: given.dialplan,
  name: given.name,
  number: given.number,
  origName: given.origName,
  origNumber: given.origNumber,
  calleeName: given.calleeName,
  calleeNumber: given.calleeNumber,
  networkAddr: given.networkAddr,
  ani: given.ani,
  destination: given.destination,
  uuid,
  source: given.source,
  transferSource: '',
  context: given.context,
  rdnis: '',
  channelName: name,
  index: '1',
  hideName: false,
  hideNumber: false,
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
