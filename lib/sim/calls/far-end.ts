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
}

/** Tells how the party at an address behaves; undefined where nobody listens. */
export type CalledParty = (to: CalledAddress) => PartyBehaviour | undefined

/** Nobody listens anywhere else: the port is closed. */
export const nobodyElse: CalledParty = () => undefined
