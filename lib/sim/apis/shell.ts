import type { Switch } from '../core/switch.ts'

const USAGE = '-USAGE: <command>\n'

const refused = (name: string, command: string): string =>
  `-ERR ${name} ${command} is not modelled by the embedded switch\n`

/** `system <command>`: what stands for the shell answers; nothing is run. */
export const system = (sw: Switch, arg: string): string =>
  arg === '' ? USAGE : (sw.config.shell(arg) ?? refused('system', arg))

/** `bg_system <command>`: the same, and what it prints is lost. */
export const bgSystem = (sw: Switch, arg: string): string => {
  if (arg === '') return USAGE
  return sw.config.shell(arg) === undefined ? refused('bg_system', arg) : '+OK\n'
}
