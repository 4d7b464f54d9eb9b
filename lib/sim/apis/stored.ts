import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

const HASH_USAGE = '-ERR Usage: hash [insert|delete|select]/<realm>/<key>/<value>\n'

/** `hash insert|insert_ifempty|delete|delete_ifmatch|select/<realm>/<key>[/<value>]` (`hash_api_function` in `mod_hash.c`). */
export const hash = (sw: Switch, arg: string): string => {
  const [verb = '', realm = '', key, value] = separate(arg, '/', 4)
  if (key === undefined) return HASH_USAGE
  const { hash: store } = sw.stores
  const name = `${realm}_${key}`
  const action = verb.toLowerCase()
  if (action === 'select') return store.get(name) ?? ''
  if (action === 'delete') return store.delete(name) ? '+OK\n' : '-ERR Not found\n'
  if (value === undefined) return HASH_USAGE
  if (action === 'delete_ifmatch') {
    if (!store.has(name)) return '-ERR Not found\n'
    return store.get(name) === value && store.delete(name) ? '+OK\n' : "-ERR Doesn't match\n"
  }
  if (action === 'insert_ifempty' && store.has(name)) return '-ERR key already exists\n'
  if (action !== 'insert' && action !== 'insert_ifempty') return HASH_USAGE
  store.set(name, value)
  return '+OK\n'
}

const DB_ERROR = '!err!'

/** `db insert|delete|select|exists|count|list[/<realm>[/<key>[/<value>]]]` (`db_api_function` in `mod_db.c`). */
export const db = (sw: Switch, arg: string): string => {
  const [verb = '', realm, key, value] = separate(arg, '/', 4)
  const store = sw.stores.db
  const data = store.get(realm ?? '')
  switch (verb.toLowerCase()) {
    case 'insert':
      if (realm === undefined || key === undefined || value === undefined) return DB_ERROR
      store.set(realm, new Map(data).set(key, value))
      return '+OK'
    case 'delete':
      if (realm === undefined) return DB_ERROR
      data?.delete(key ?? '')
      if (data?.size === 0) store.delete(realm)
      return '+OK'
    case 'select':
      return key === undefined ? DB_ERROR : (data?.get(key) ?? '')
    case 'exists':
      return key === undefined ? DB_ERROR : String((data?.get(key) ?? '') !== '')
    case 'count':
      if (key !== undefined) return DB_ERROR
      return String(realm === undefined ? store.size : (data?.size ?? 0))
    case 'list':
      if (key !== undefined) return DB_ERROR
      return [...(realm === undefined ? store.keys() : (data?.keys() ?? []))].join(',')
    default:
      return DB_ERROR
  }
}

/** `limit_usage <backend> <realm> <id> [rate]`: nothing that the embedded switch models uses a limit up. */
export const limitUsage = (_: Switch, arg: string): string => {
  const words = separate(arg, ' ', 5)
  if (words.length < 2) return 'USAGE: limit_usage <backend> <realm> <id>\n'
  return words[3]?.toLowerCase() === 'rate' ? '0/0' : '0'
}

/** `alias add|stickyadd <word> <command>`, `alias del <word>|*`: words for the console (`switch_console_set_alias`). */
export const alias = (sw: Switch, arg: string): string => {
  const [verb = '', word, command] = separate(arg, ' ', 3)
  const { aliases } = sw.stores
  if (/^(sticky)?add$/i.test(verb) && word !== undefined && command !== undefined) {
    aliases.set(word, command)
    return '+OK\n'
  }
  if (verb.toLowerCase() !== 'del' || word === undefined)
    return '-USAGE: [add|stickyadd] <alias> <command> | del [<alias>|*]\n'
  if (word === '*') aliases.clear()
  else aliases.delete(word)
  return '+OK\n'
}

/** `complete add <word>...`, `complete del <word>...|*`: words that the console completes; there is none. */
export const complete = (_: Switch, arg: string): string =>
  /^(add|del) +\S/i.test(arg) ? '+OK\n' : '-USAGE: add <word>|del [<word>|*]\n'
