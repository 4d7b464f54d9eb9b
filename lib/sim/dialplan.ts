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
  /** A channel variable, e.g. `sip_h_X-Test`. */
  variable(name: string): string | undefined
}

/**
 * Gives the actions of a call, in order. None: the call has no extension, and fails with NO_ROUTE_DESTINATION.
 */
export type Dialplan = (call: RoutedCall) => readonly Action[]

/** Every call is parked, for a controller to take. */
export const parkAll: Dialplan = () => [{ app: 'park' }]
