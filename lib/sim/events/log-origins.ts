import type { State } from '../channel/states.ts'
import { DEBUG, INFO, NOTICE, type LogOrigin } from './log.ts'

/** Where the lines of a call come from: files, functions and lines of FreeSWITCH 1.10.12. */

const from = (
  level: number,
  channel: LogOrigin['channel'],
  file: string,
  fn: string,
  line: number,
): LogOrigin => ({ level, channel, file, fn, line })

const MACHINE = 'switch_core_state_machine.c'
const CHANNEL = 'switch_channel.c'
const SESSION = 'switch_core_session.c'
const SOFIA = 'mod_sofia.c'

/** Lines that stand for themselves. */
export const LINES_OF = {
  named: from(NOTICE, 3, CHANNEL, 'switch_channel_set_name', 1142),
  runs: from(DEBUG, 0, MACHINE, 'switch_core_session_run', 581),
  answered: from(NOTICE, 3, CHANNEL, 'switch_channel_perform_mark_answered', 3883),
  preAnswered: from(NOTICE, 3, CHANNEL, 'switch_channel_perform_mark_pre_answered', 3533),
  ringReady: from(NOTICE, 3, CHANNEL, 'switch_channel_perform_mark_ring_ready_value', 3482),
  executes: from(INFO, 1, SESSION, 'switch_core_session_exec', 2902),
  ended: from(NOTICE, 3, SESSION, 'switch_core_session_thread', 1762),
  closed: from(NOTICE, 0, SESSION, 'switch_core_session_thread', 1766),
  byApplication: from(NOTICE, 0, 'mod_dptools.c', 'hangup_function', 1374),
  byFarEnd: from(NOTICE, 0, 'sofia.c', 'sofia_handle_sip_i_state', 8736),
  byCommand: from(NOTICE, 0, 'switch_ivr.c', 'switch_ivr_kill_uuid', 4412),
} as const

/** A state and what it says: that it begins, what mod_sofia and the core do in it, that it is over. */
export interface StateLines {
  readonly name: string
  readonly at: LogOrigin
  /** Where it is said to begin, if not where all others are. */
  readonly runs?: LogOrigin
  readonly sofia?: LogOrigin
  readonly standard?: LogOrigin
}

const run = (line: number): LogOrigin => from(DEBUG, 3, MACHINE, 'switch_core_session_run', line)
const sofia = (fn: string, line: number): LogOrigin => from(DEBUG, 3, SOFIA, fn, line)
const standard = (fn: string, line: number): LogOrigin => from(DEBUG, 3, MACHINE, fn, line)

export const STATE_LINES: Readonly<Partial<Record<State, StateLines>>> = {
  CS_INIT: {
    name: 'INIT',
    at: run(624),
    sofia: sofia('sofia_on_init', 97),
    standard: standard('switch_core_standard_on_init', 40),
  },
  CS_ROUTING: {
    name: 'ROUTING',
    at: run(640),
    sofia: sofia('sofia_on_routing', 158),
    standard: standard('switch_core_standard_on_routing', 230),
  },
  CS_EXECUTE: {
    name: 'EXECUTE',
    at: run(647),
    sofia: sofia('sofia_on_execute', 213),
    standard: standard('switch_core_standard_on_execute', 323),
  },
  CS_EXCHANGE_MEDIA: { name: 'EXCHANGE_MEDIA', at: run(650) },
  CS_CONSUME_MEDIA: { name: 'CONSUME_MEDIA', at: run(659) },
  CS_HANGUP: {
    name: 'HANGUP',
    at: standard('switch_core_session_hangup_state', 846),
    standard: standard('switch_core_standard_on_hangup', 59),
  },
  CS_REPORTING: {
    name: 'REPORTING',
    at: standard('switch_core_session_reporting_state', 932),
    standard: standard('switch_core_standard_on_reporting', 168),
  },
  CS_DESTROY: {
    name: 'DESTROY',
    runs: from(DEBUG, 0, MACHINE, 'switch_core_session_destroy_state', 735),
    at: standard('switch_core_session_destroy_state', 745),
    sofia: sofia('sofia_on_destroy', 380),
    standard: standard('switch_core_standard_on_destroy', 175),
  },
}

export const CALL_STATE_LINES: Readonly<Record<string, LogOrigin>> = {
  RINGING: from(DEBUG, 0, CHANNEL, 'switch_channel_perform_set_running_state', 2399),
  HANGUP: from(DEBUG, 0, MACHINE, 'switch_core_session_hangup_state', 844),
  EARLY: from(DEBUG, 0, CHANNEL, 'switch_channel_perform_mark_pre_answered', 3585),
  ACTIVE: from(DEBUG, 0, CHANNEL, 'switch_channel_perform_mark_answered', 3912),
}
