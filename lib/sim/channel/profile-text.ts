import { flat } from '../events/flat.ts'
import { headerLine, knownLines } from '../events/known-lines.ts'
import { microText } from '../events/micro-text.ts'
import type { CallerProfile, Times } from './caller-profile.ts'

type Prefix = 'Caller' | 'Other-Leg' | 'Channel'

/** What is put before each header: the same names for the prefixes, made once. */
const namesFor = (prefix: Prefix) =>
  ({
    direction: {
      inbound: `\n${prefix}-Direction: inbound\n${prefix}-Logical-Direction: `,
      outbound: `\n${prefix}-Direction: outbound\n${prefix}-Logical-Direction: `,
    },
    username: knownLines(`${prefix}-Username`),
    dialplan: knownLines(`${prefix}-Dialplan`),
    name: knownLines(`${prefix}-Caller-ID-Name`),
    number: knownLines(`${prefix}-Caller-ID-Number`),
    origName: knownLines(`${prefix}-Orig-Caller-ID-Name`),
    origNumber: knownLines(`${prefix}-Orig-Caller-ID-Number`),
    calleeName: knownLines(`${prefix}-Callee-ID-Name`),
    calleeNumber: knownLines(`${prefix}-Callee-ID-Number`),
    networkAddr: knownLines(`${prefix}-Network-Addr`),
    ani: knownLines(`${prefix}-ANI`),
    destination: knownLines(`${prefix}-Destination-Number`),
    uuid: knownLines(`${prefix}-Unique-ID`),
    source: knownLines(`${prefix}-Source`),
    transferSource: knownLines(`${prefix}-Transfer-Source`),
    context: knownLines(`${prefix}-Context`),
    rdnis: knownLines(`${prefix}-RDNIS`),
    channelName: knownLines(`${prefix}-Channel-Name`),
    index: knownLines(`${prefix}-Profile-Index`),
    profileCreated: `\n${prefix}-Profile-Created-Time: `,
    created: `\n${prefix}-Channel-Created-Time: `,
    answered: `\n${prefix}-Channel-Answered-Time: `,
    progress: `\n${prefix}-Channel-Progress-Time: `,
    progressMedia: `\n${prefix}-Channel-Progress-Media-Time: `,
    noProgress: `\n${prefix}-Channel-Progress-Time: 0\n${prefix}-Channel-Progress-Media-Time: 0`,
    hangup: `\n${prefix}-Channel-Hangup-Time: `,
    bridged: `\n${prefix}-Channel-Transfer-Time: 0\n${prefix}-Channel-Resurrect-Time: 0\n${prefix}-Channel-Bridged-Time: `,
    lastHold: `\n${prefix}-Channel-Last-Hold: `,
    holdAccum: `\n${prefix}-Channel-Hold-Accum: `,
    noHold: `\n${prefix}-Channel-Last-Hold: 0\n${prefix}-Channel-Hold-Accum: 0`,
    hideName: `\n${prefix}-Screen-Bit: true\n${prefix}-Privacy-Hide-Name: `,
    hideNumber: `\n${prefix}-Privacy-Hide-Number: `,
    nothingHidden: `\n${prefix}-Screen-Bit: true\n${prefix}-Privacy-Hide-Name: false\n${prefix}-Privacy-Hide-Number: false`,
  }) as const

const NAMES = {
  Caller: namesFor('Caller'),
  'Other-Leg': namesFor('Other-Leg'),
  Channel: namesFor('Channel'),
} as const

type Names = (typeof NAMES)[Prefix]

const who = (p: CallerProfile, n: Names): string =>
  n.direction[p.direction] +
  p.logicalDirection +
  headerLine(n.username, p.username) +
  headerLine(n.dialplan, p.dialplan) +
  headerLine(n.name, p.name) +
  headerLine(n.number, p.number) +
  (p.name === '' ? '' : headerLine(n.origName, p.origName)) +
  (p.number === '' ? '' : headerLine(n.origNumber, p.origNumber)) +
  headerLine(n.calleeName, p.calleeName) +
  headerLine(n.calleeNumber, p.calleeNumber) +
  headerLine(n.networkAddr, p.networkAddr) +
  headerLine(n.ani, p.ani) +
  headerLine(n.destination, p.destination) +
  headerLine(n.uuid, p.uuid) +
  headerLine(n.source, p.source) +
  headerLine(n.transferSource, p.transferSource) +
  headerLine(n.context, p.context) +
  headerLine(n.rdnis, p.rdnis) +
  headerLine(n.channelName, p.channelName) +
  headerLine(n.index, p.index)

const progressed = ({ progress, progressMedia }: Times, n: Names): string =>
  progress === 0 && progressMedia === 0
    ? n.noProgress
    : `${n.progress}${microText(progress)}${n.progressMedia}${microText(progressMedia)}`

const held = ({ lastHold, holdAccum }: Times, n: Names): string =>
  lastHold === 0 && holdAccum === 0
    ? n.noHold
    : `${n.lastHold}${microText(lastHold)}${n.holdAccum}${holdAccum}`

const hidden = ({ hideName, hideNumber }: CallerProfile, n: Names): string =>
  hideName || hideNumber ? `${n.hideName}${hideName}${n.hideNumber}${hideNumber}` : n.nothingHidden

const when = (profile: CallerProfile, n: Names): string => {
  const { times: t } = profile
  const created = microText(t.created)
  return (
    `${n.profileCreated}${t.profile === 0 ? created : microText(t.profile)}${n.created}${created}` +
    `${n.answered}${microText(t.answered)}${progressed(t, n)}${n.hangup}${microText(t.hangup)}` +
    `${n.bridged}${microText(t.bridged)}${held(t, n)}${hidden(profile, n)}`
  )
}

/**
 * The profile's headers, in the order of `switch_caller_profile_event_set_data` in `src/switch_caller.c`. A profile is
 * always shown with the same prefix.
 */
export const profileText = (profile: CallerProfile, prefix: Prefix): string => {
  const names = NAMES[prefix]
  return (profile.who ??= flat(who(profile, names))) + (profile.when ??= flat(when(profile, names)))
}
