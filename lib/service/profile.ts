import { SwitchixError } from '../errors.ts'
import type { Client } from './client.ts'

/** Where a SIP profile listens, out of `sofia status profile`: its BIND-URL is `sip:mod_sofia@host:port;…`. */
const bound = (status: string): string | undefined =>
  /^BIND-URL\s+sips?:[^@\s]+@([^;\s]+)/im.exec(status)?.[1]

/** The profiles in `sofia status`: `name  profile  sip:…  RUNNING (n)`. */
const running = (status: string): string[] =>
  Array.from(status.matchAll(/^\s*(\S+)\s+profile\s+\S+\s+RUNNING/gim), ([, name = '']) => name)

/**
 * `host:port` of a SIP profile of that switch. Rejects with SwitchixError (COMMAND_FAILED) that names the profiles that
 * are running where this one is not.
 */
export const profileAddress = async (client: Client, profile: string): Promise<string> => {
  const address = bound(await client.api(`sofia status profile ${profile}`))
  if (address !== undefined) return address
  const names = running(await client.api('sofia status'))
  throw new SwitchixError(
    'COMMAND_FAILED',
    `${client.name} has no SIP profile "${profile}" running; ${names.length > 0 ? `it has ${names.join(', ')}` : 'it has none'}`,
  )
}
