/** The testing kit: the embedded switch, recordings of calls, and time that stands still until it is told to run. */
export { simulate, type EmbeddedSwitch, type SimulateOptions } from '../sim/simulate.ts'
export type { Divergence } from './divergence.ts'
export { record, type Recorder } from './record.ts'
export { readRecording, writeRecording, type Recording, type RecordedLine } from './recording.ts'
export { replay, type Replay, type ReplayOptions } from './replay.ts'
export { virtualClock, type VirtualClock } from './virtual-clock.ts'
