/** An application and its argument, as a dialplan's `<action>` gives them. */
export interface Action {
  readonly app: string
  readonly arg?: string
}

/** A call that looks for its extension. */
export interface RoutedCall {
  readonly destination: string
  readonly context: string
  readonly callerIdName: string
  readonly callerIdNumber: string
  readonly uuid: string
  /** The SIP profile that it came in on. */
  readonly profile: string
  readonly direction: 'inbound' | 'outbound'
  /** The switch's time, in milliseconds since the epoch. */
  readonly now: number
  /** A field of the caller profile by FreeSWITCH's name for it, such as `network_addr`. */
  field?(name: string): string | undefined
  /** A channel variable, e.g. `sip_h_X-Test`. */
  variable(name: string): string | undefined
}

/** What a call's extension does, and what its expression has matched: the whole, and its groups. */
export interface Route {
  readonly actions: readonly Action[]
  /** Shown as the variable `DP_MATCH`; FreeSWITCH has it where the expression has a group. */
  readonly match?: readonly string[]
}

/**
 * Gives the actions of a call, in order. None: the call has no extension, and fails with NO_ROUTE_DESTINATION.
 */
export type Dialplan = (call: RoutedCall) => readonly Action[] | Route

/** Every call is parked, for a controller to take: `^(.*)$`. */
export const parkAll: Dialplan = ({ destination }) => ({
  actions: [{ app: 'park' }],
  match: [destination, destination],
})
