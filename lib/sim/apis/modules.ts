import { API_TABLE } from './known-apis.ts'
import { APPLICATION_TABLE } from '../execution/known-applications.ts'
import { APPLICATIONS } from '../applications/index.ts'
import { emitGeneral } from '../events/emit.ts'
import { endConnection, SHUT_DOWN } from '../socket/end-connection.ts'
import { KINDS } from '../events/kinds.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import type { Api } from './api.ts'

/** Modules without a command or an application of their own that the switch stands for. */
const OTHER_MODULES: ReadonlySet<string> = new Set([
  'mod_dialplan_xml',
  'mod_event_socket',
  'mod_logfile',
  'mod_loopback',
  'mod_tone_stream',
  'mod_g711',
  'CORE_PCM_MODULE',
  'CORE_SOFTTIMER_MODULE',
])

const USAGE = '-USAGE: [-f] <mod_name>\n'

const hasModule = (module: string): boolean =>
  OTHER_MODULES.has(module) ||
  API_TABLE.some((api) => api.module === module) ||
  APPLICATION_TABLE.some((one) => one.module === module && APPLICATIONS.has(one.name))

export const moduleExists = (_: Switch, arg: string): string => (arg === '' ? '' : String(hasModule(arg)))

/** `reloadxml`: what the switch was made with holds; there is an event all the same, as `switch_xml_reload` fires it. */
export const reloadXml = (sw: Switch): string => {
  emitGeneral(sw, KINDS.reloadXml, '')
  return '+OK [Success]\n'
}

/** `load <module>`: nothing can be loaded. */
export const load = (sw: Switch, arg: string): string => {
  if (arg === '') return '-USAGE: <mod_name>\n'
  emitGeneral(sw, KINDS.reloadXml, '')
  const error = hasModule(arg) ? 'Module already loaded' : 'module load file routine returned an error'
  return `+OK Reloading XML\n-ERR [${error}]\n`
}

/** `unload <module>`: what is there stays. */
export const unload = (_: Switch, arg: string): string => {
  const name = arg.replace(/^-\S* /, '')
  if (name === '') return USAGE
  return hasModule(name)
    ? `-ERR unload ${name} is not modelled by the embedded switch\n`
    : '-ERR [No such module!]\n'
}

const NO_FILE = '-ERR loading module [module load file routine returned an error]\n'

/**
 * `reload <module>`: only the Event Socket goes and comes back, and with it every connection; the calls stay
 * (`reload_function` in `mod_commands.c`).
 */
export const reload: Api = (sw, arg, output) => {
  const name = arg.replace(/^-\S* /, '')
  if (name === '') {
    output(USAGE)
    return
  }
  if (name !== 'mod_event_socket' && hasModule(name)) {
    output(`-ERR reload ${name} is not modelled by the embedded switch\n`)
    return
  }
  emitGeneral(sw, KINDS.reloadXml, '')
  if (!hasModule(name)) {
    output(`+OK Reloading XML\n-ERR unloading module [No such module!]\n${NO_FILE}`)
    return
  }
  later(sw, TIMING.moduleUnload, () => {
    for (const listener of [...sw.listeners]) endConnection(sw, listener, SHUT_DOWN)
    output('+OK Reloading XML\n+OK module unloaded\n+OK module loaded\n')
  })
}
