import { header } from './encode.ts'

/** When what happened to a channel, in microseconds since the epoch; 0 for what has not. */
export interface Times {
  created: number
  answered: number
  progress: number
  progressMedia: number
  hangup: number
  bridged: number
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
  context: string
  channelName: string
  index: string
  times: Times
  /** Its headers, while nothing in it has changed; undefined when they have to be made again. */
  text: string | undefined
}

export const noTimes = (): Times => ({
  created: 0,
  answered: 0,
  progress: 0,
  progressMedia: 0,
  hangup: 0,
  bridged: 0,
})

/** Changes a profile. */
export const updateProfile = (
  profile: CallerProfile,
  change: Partial<Omit<CallerProfile, 'text' | 'times'>>,
): void => {
  Object.assign(profile, change)
  profile.text = undefined
}

/** Notes when something happened, in microseconds since the epoch. */
export const markTime = (profile: CallerProfile, what: keyof Times, at: number): void => {
  profile.times[what] = at
  profile.text = undefined
}

/** The profile as the other leg of a bridge shows it: a copy with times of its own. */
export const cloneProfile = (
  profile: CallerProfile,
  change: Partial<Omit<CallerProfile, 'text'>>,
): CallerProfile => ({ ...profile, times: noTimes(), index: '', ...change, text: undefined })

const write = (p: CallerProfile, prefix: 'Caller' | 'Other-Leg'): string => {
  const t = p.times
  return (
    `\n${prefix}-Direction: ${p.direction}\n${prefix}-Logical-Direction: ${p.logicalDirection}` +
    header(`${prefix}-Username`, p.username) +
    header(`${prefix}-Dialplan`, p.dialplan) +
    header(`${prefix}-Caller-ID-Name`, p.name) +
    header(`${prefix}-Caller-ID-Number`, p.number) +
    (p.name === '' ? '' : header(`${prefix}-Orig-Caller-ID-Name`, p.origName)) +
    (p.number === '' ? '' : header(`${prefix}-Orig-Caller-ID-Number`, p.origNumber)) +
    header(`${prefix}-Callee-ID-Name`, p.calleeName) +
    header(`${prefix}-Callee-ID-Number`, p.calleeNumber) +
    header(`${prefix}-Network-Addr`, p.networkAddr) +
    header(`${prefix}-ANI`, p.ani) +
    header(`${prefix}-Destination-Number`, p.destination) +
    `\n${prefix}-Unique-ID: ${p.uuid}` +
    header(`${prefix}-Source`, p.source) +
    header(`${prefix}-Context`, p.context) +
    header(`${prefix}-Channel-Name`, p.channelName) +
    header(`${prefix}-Profile-Index`, p.index) +
    `\n${prefix}-Profile-Created-Time: ${t.created}\n${prefix}-Channel-Created-Time: ${t.created}` +
    `\n${prefix}-Channel-Answered-Time: ${t.answered}\n${prefix}-Channel-Progress-Time: ${t.progress}` +
    `\n${prefix}-Channel-Progress-Media-Time: ${t.progressMedia}\n${prefix}-Channel-Hangup-Time: ${t.hangup}` +
    `\n${prefix}-Channel-Transfer-Time: 0\n${prefix}-Channel-Resurrect-Time: 0` +
    `\n${prefix}-Channel-Bridged-Time: ${t.bridged}\n${prefix}-Channel-Last-Hold: 0` +
    `\n${prefix}-Channel-Hold-Accum: 0\n${prefix}-Screen-Bit: true` +
    `\n${prefix}-Privacy-Hide-Name: false\n${prefix}-Privacy-Hide-Number: false`
  )
}

/** The profile's headers, in the order of `switch_caller_profile_event_set_data` in `src/switch_caller.c`. */
export const profileText = (profile: CallerProfile, prefix: 'Caller' | 'Other-Leg'): string =>
  (profile.text ??= write(profile, prefix))
