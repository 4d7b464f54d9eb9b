import { isLoopback } from '../link/access-list.ts'
import type { ConnectOptions } from './connect.ts'
import type { Target } from './target.ts'

/** What FreeSWITCH ships with; everybody knows it. */
export const DEFAULT_PASSWORD = 'ClueCon'

const warned = new Set<string>()

/** Warns, once for each host, that a switch which others can reach has the password that everybody knows. */
export const warnOfDefaultPassword = (
  { host, connect }: Exclude<Target, string>,
  { password = DEFAULT_PASSWORD, user }: Pick<ConnectOptions, 'password' | 'user'>,
): void => {
  if (connect || user !== undefined || password !== DEFAULT_PASSWORD || isLoopback(host) || warned.has(host))
    return
  warned.add(host)
  process.emitWarning(
    `${host} has the Event Socket password that FreeSWITCH ships with: whoever reaches that port rules the switch; ` +
      'change it in event_socket.conf.xml',
    { type: 'SwitchixWarning', code: 'SWITCHIX_DEFAULT_PASSWORD' },
  )
}
