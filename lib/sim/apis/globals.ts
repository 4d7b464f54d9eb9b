import { globals } from '../core/globals.ts'
import { separate } from '../calls/separate.ts'
import type { Switch } from '../core/switch.ts'

/** `global_getvar [name]`: one, which may be nothing, or all of them. */
export const globalGetvar = (sw: Switch, arg: string): string => {
  const all = globals(sw)
  if (arg !== '') return all.get(arg) ?? ''
  return [...all].map(([name, value]) => `${name}=${value}\n`).join('')
}

/** `global_setvar <name>=<value>[=<value that it has to have before>]`; without a value it is unset. */
export const globalSetvar = (sw: Switch, arg: string): string => {
  const [name = '', value = '', before = ''] = separate(arg, '=', 3)
  if (name === '') return '-USAGE: <var>=<value> [=<value2>]\n'
  if (before === '' || globals(sw).get(name) === before) sw.stores.globals.set(name, value)
  return '+OK'
}
