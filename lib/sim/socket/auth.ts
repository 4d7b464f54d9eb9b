import type { Listener } from './listener.ts'
import type { Switch } from '../core/switch.ts'

/** `auth <password>`: the reply; undefined for another command. One blank too many is part of the password. */
export const authenticate = (sw: Switch, listener: Listener, line: string): string | undefined => {
  if (!/^auth /i.test(line)) return undefined
  if (line.slice(5) !== sw.config.password) return '-ERR invalid'
  listener.authenticated = true
  return '+OK accepted'
}

/** `userauth <user>@<domain>:<password>`: the reply, which tells what the user may do: here, everything. */
export const authenticateUser = (sw: Switch, listener: Listener, line: string): string | undefined => {
  if (!/^userauth /i.test(line)) return undefined
  const [, user = '', password = ''] = /^([^:]*):(.*)$/.exec(line.slice(9).trim()) ?? []
  if (password === '' || sw.config.users.get(user) !== password) return '-ERR invalid'
  listener.authenticated = true
  return '+OK accepted\nAllowed-Events: all\nAllowed-API: all\nAllowed-LOG: true'
}
