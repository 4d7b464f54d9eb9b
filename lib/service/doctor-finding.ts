import { SwitchixError } from '../errors.ts'
import type { Client } from './client.ts'

export type Verdict = 'ok' | 'warning' | 'problem' | 'unknown'

/** One thing that was looked at. */
export interface Finding {
  readonly check: string
  readonly verdict: Verdict
  /** What was found. */
  readonly found: string
  /** How it is mended, where something is wrong. */
  readonly mend?: string | undefined
}

export interface DoctorOptions {
  /** The SIP profile that calls go out and come in by. Default `external`. */
  readonly profile?: string | undefined
  /** Calls per second that are wanted. */
  readonly rate?: number | undefined
}

export type Check = (
  client: Client,
  options: DoctorOptions & { readonly profile: string },
) => Promise<Finding[]>

/** What an api says; an error is what it says, too. */
export const ask = async (client: Client, command: string): Promise<string> => {
  try {
    return (await client.api(command)).trim()
  } catch (error) {
    if (error instanceof SwitchixError && error.code === 'API_ERROR')
      return (error as { reply?: string }).reply ?? ''
    throw error
  }
}

export const finding = (check: string, verdict: Verdict, found: string, mend?: string): Finding => ({
  check,
  verdict,
  found,
  mend,
})
