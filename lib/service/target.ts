import type { Clock } from '../clock.ts'
import { ArgumentError } from '../errors.ts'
import type { Connect } from '../link/transport.ts'

/** A FreeSWITCH: `host`, `host:port`, or something that opens connections itself, as the embedded switch does. */
export type Target =
  | string
  | {
      readonly host: string
      readonly port: number
      readonly password?: string
      readonly clock?: Clock
      readonly connect?: Connect
      /** Whether lost events are looked for, where the options do not say: not on a recording. Default true. */
      readonly audit?: boolean
    }

/** The port of FreeSWITCH's Event Socket. */
export const DEFAULT_PORT = 8021

const parse = (text: string): { host: string; port: number } => {
  const [, host = '', digits] = /^(\[[^\]]+\]|[^:\s]+)(?::(\d+))?$/.exec(text) ?? []
  const port = digits === undefined ? DEFAULT_PORT : Number(digits)
  if (host === '' || port < 1 || port > 65535)
    throw new ArgumentError(
      `expected host or host:port, such as 10.0.0.1 or fs1:8021, got ${JSON.stringify(text.replace(/^.*@/s, '***@'))}`,
    )
  return { host: host.replace(/^\[|\]$/g, ''), port }
}

/** Where a target is. Throws ArgumentError (BAD_ARGUMENT) for what is no address. */
export const parseTarget = (target: Target): Exclude<Target, string> =>
  typeof target === 'string' ? parse(target) : target
