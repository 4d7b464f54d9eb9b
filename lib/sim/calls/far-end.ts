import type { Random } from '../core/random.ts'

/** Where a call that leaves the switch is addressed. */
export interface CalledAddress {
  readonly user: string
  readonly host: string
  readonly port: number
}

/**
 * How a called party that is not on this switch behaves; times in milliseconds after the INVITE has come. A party that
 * does nothing rings for ever, without a word.
 */
export interface PartyBehaviour {
  /** 180 Ringing. */
  readonly ringAfter?: number
  /** 183 with early media. */
  readonly earlyMediaAfter?: number
  /** 200 OK. */
  readonly answerAfter?: number
  /** Refuses, with a SIP status such as 486. */
  readonly reject?: { readonly after: number; readonly status: number }
  /** Hangs up, counted from its answer. */
  readonly hangupAfter?: number
  /** Presses keys, one after the other, counted from its answer. */
  readonly digits?: { readonly after: number; readonly send: string }
  /** What it plays from its answer on, again and again, as `playback` would; `echo`: what it hears. Default nothing. */
  readonly says?: string
  /**
   * Which way its audio goes: `sends`, it is heard but hears nothing; `hears`, nothing of it is heard, nor its keys.
   * Default `both`.
   */
  readonly audio?: 'both' | 'sends' | 'hears' | 'none'
}

/**
 * Tells how the party at an address behaves; undefined where nobody listens. What it leaves to chance it takes from
 * `random`, so that a run can be had again from its seed. Calls to the switch's own profiles follow the dialplan instead.
 */
export type CalledParty = (to: CalledAddress, random: Random) => PartyBehaviour | undefined

/** Nobody listens anywhere else: the port is closed. */
export const nobodyElse: CalledParty = () => undefined
