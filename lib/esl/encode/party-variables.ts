import { ArgumentError } from '../../errors.ts'
import type { Confirm, Parties, PartyOptions } from '../parties.ts'
import type { Vars } from './braces.ts'
import { requireInteger, requireSeconds } from './number.ts'

/** What is said of a party or a group, as the channel variables by which FreeSWITCH is told (`switch_ivr_originate`). */

const seconds = (what: string, ms: number): number => requireSeconds(`${what} of a party`, ms, Math.ceil)

export const partyVariables = ({ vars, timeout, progressTimeout, delay }: PartyOptions): Vars => ({
  ...vars,
  ...(timeout === undefined ? {} : { leg_timeout: seconds('the timeout', timeout) }),
  ...(progressTimeout === undefined
    ? {}
    : { leg_progress_timeout: seconds('the progressTimeout', progressTimeout) }),
  ...(delay === undefined ? {} : { leg_delay_start: seconds('the delay', delay) }),
})

/** The key `exec` would run the file as an application (`collect_thread_run`); the switch reads nine digits at most. */
const requireKey = (key: string): string => {
  if (typeof key === 'string' && /^[0-9A-D*#]{1,9}$/.test(key)) return key
  throw new ArgumentError(
    `expected one to nine digits (0-9 A-D * #) to confirm with, got ${JSON.stringify(key)}`,
  )
}

const confirmVariables = ({ key, file, errorFile, timeout }: Confirm): Vars => ({
  group_confirm_key: requireKey(key),
  ...(file === undefined ? {} : { group_confirm_file: file }),
  ...(errorFile === undefined ? {} : { group_confirm_error_file: errorFile }),
  ...(timeout === undefined
    ? {}
    : { group_confirm_read_timeout: requireInteger('the timeout of a key in ms', timeout, { min: 1 }) }),
})

export const groupVariables = ({ vars, confirm }: Pick<Parties, 'vars' | 'confirm'>): Vars => ({
  ...vars,
  ...(confirm === undefined ? {} : confirmVariables(confirm)),
})
