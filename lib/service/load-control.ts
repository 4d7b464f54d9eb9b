import type { LoadSettings } from '../app/app.ts'
import type { Client } from './client.ts'

/** A run of the call generator, as an app of it sees it: the `Originator`, without what starts and closes it. */
export interface LoadControl {
  /** INITIAL until it is started, which is after the apps were set up; STOPPED once it places no more calls. */
  readonly state: 'INITIAL' | 'ORIGINATING' | 'STOPPED'
  readonly paused: boolean
  /** The switches that it places calls on. */
  readonly nodes: readonly { readonly client: Client }[]
  /** The load that is asked for now. */
  readonly settings: Pick<LoadSettings, 'rate' | 'limit' | 'maxOffered'>
  /** Changes the load. Throws ArgumentError, and changes nothing then. */
  set(changes: {
    readonly rate?: number
    readonly limit?: number
    readonly maxOffered?: number
    /** In ms; 0: until somebody else ends the call. */
    readonly duration?: number
  }): void
  /** Places no more calls; those that are up end by themselves. */
  stop(): void
  /** Places no more calls until `resume`. */
  pause(): void
  resume(): void
  /** Stops, and hangs up the calls of the run. */
  hupall(): Promise<void>
  /** Resolves when it has stopped and the last call is over. */
  readonly ended: Promise<void>
}
