/** The testing kit: the embedded switch, recordings of calls, and time that stands still until it is told to run. */
export { simulate, type EmbeddedSwitch, type SimulateOptions } from '../sim/simulate.ts'
export type { Outbound } from '../sim/socket/outbound.ts'
export type { CalledAddress, CalledParty, PartyBehaviour } from '../sim/calls/far-end.ts'
export { farEnd, type FarEndScript } from '../sim/far-end/script.ts'
export { readFarEnd } from '../sim/far-end/read-file.ts'
export { memory, type Accept } from '../link/memory.ts'
export { readDialplan } from '../sim/dialplan/read-dialplan.ts'
export type { Phone, PhoneCall } from '../sim/calls/phone.ts'
export type { Divergence } from './divergence.ts'
export { maskRecording, type MaskOptions } from './mask.ts'
export { record, type RecordOptions, type Recorder, type RecordingOptions } from './record.ts'
export type { RecordedEvent, RecordedLine, Recording } from './recording.ts'
export { formatRecording, parseRecording, readRecording, writeRecording } from './recording-file.ts'
export { formatReplay, replay, type Replay, type ReplayOptions } from './replay.ts'
export {
  testSession,
  type TestCommand,
  type TestLeg,
  type TestSession,
  type TestSessionOptions,
} from './test-session.ts'
export type { EventHeaders, LegOptions } from './scripted/channel.ts'
export type { ArgMatch, SentCommand, Wanted } from './scripted/command.ts'
export type { ReplyRule } from './scripted/switch.ts'
export { virtualClock, type VirtualClock } from './virtual-clock.ts'
export { ladder, type LadderOptions } from './ladder/ladder.ts'
