/** The testing kit: the embedded switch, and time that stands still until it is told to run. */
export { simulate, type EmbeddedSwitch, type SimulateOptions } from '../sim/simulate.ts'
export { virtualClock, type VirtualClock } from './virtual-clock.ts'
