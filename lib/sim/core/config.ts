import type { CalledParty } from '../calls/far-end.ts'
import type { Dialplan } from '../calls/dialplan.ts'
import type { HandOver } from '../socket/outbound.ts'

/** A SIP profile of the embedded switch: where it listens, and the context that its calls come in. */
export interface SipProfile {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly context: string
}

/** A way out to another switch: `sofia/gateway/<name>/<number>` is dialed there. */
export interface Gateway {
  /** `host:port`. */
  readonly proxy: string
  /** The SIP profile that it belongs to. Default the first one. */
  readonly profile?: string
}

/** What an embedded switch was made with. */
export interface Config {
  readonly password: string
  readonly users: ReadonlyMap<string, string>
  readonly hostname: string
  readonly profiles: readonly SipProfile[]
  readonly gateways: ReadonlyMap<string, Gateway>
  readonly dialplan: Dialplan
  readonly calledParty: CalledParty
  /** How calls are handed over to applications outside. */
  readonly handOver: HandOver
  /** How long files play, in milliseconds, by the path that is asked for. */
  readonly sounds: ReadonlyMap<string, number>
  readonly soundsDir: string
  readonly recordingsDir: string
  /** Whether files are read that are played, and written that are recorded. */
  readonly realSounds: boolean
  readonly realRecordings: boolean
  /** Answers shell commands; undefined for one that is refused. */
  readonly shell: (command: string) => string | undefined
  /** Global variables besides its own. */
  readonly globals: ReadonlyMap<string, string>
}
