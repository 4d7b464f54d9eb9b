import type { Switch } from '../core/switch.ts'

/** The user directory, and the registrations: the embedded switch has nobody in them. */

export const domainExists = (_: Switch, arg: string): string => (arg === '' ? '' : 'false')

/** `user_exists <key> <user> <domain>`. */
export const userExists = (_: Switch, arg: string): string =>
  arg.split(/ +/).length < 3 ? '-ERR\n' : 'false'

export const listUsers = (): string =>
  'userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number\n\n+OK\n'

/** `sofia_contact [<profile>/]<user>[@<domain>]`. */
export const sofiaContact = (_: Switch, arg: string): string =>
  arg === '' ? '' : 'error/user_not_registered'

/** `xml_locate <section> [<tag> <attribute> <value>]`: its configuration is no XML. */
export const xmlLocate = (_: Switch, arg: string): string => {
  const words = arg.split(/ +/)
  if (arg === '' || (words.length !== 1 && words.length !== 4)) return '-ERR bad args\n'
  return words[0] === 'root'
    ? '-ERR xml_locate root is not modelled by the embedded switch\n'
    : "can't find anything\n"
}
