import { APPLICATIONS } from '../applications/index.ts'
import type { Api } from './api.ts'
import { KNOWN_APPLICATIONS } from '../execution/known-applications.ts'
import { originate, type Destination } from '../calls/originate.ts'
import { separate } from '../calls/separate.ts'

const USAGE =
  '-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]\n'

const DEFAULT_TIMEOUT = 60

/** `&app(arg)`: the argument ends at the first `)`. */
const readDestination = (exten: string, dialplan: string, context: string): Destination => {
  if (!/^&./.test(exten)) return { extension: exten, dialplan, context }
  const [call = ''] = exten.slice(1).split(')', 1)
  const paren = call.indexOf('(')
  return paren < 0 ? { app: call, arg: '' } : { app: call.slice(0, paren), arg: call.slice(paren + 1) }
}

/** `originate`, as `originate_function` in `mod_commands.c` reads it. */
export const originateApi: Api = (sw, arg, output) => {
  const words = separate(arg, ' ', 10)
  if (words.length < 2 || words.length > 7) {
    output(USAGE)
    return
  }
  const word = (at: number, otherwise: string): string => {
    const text = words[at]
    return text === undefined || /^undef$/i.test(text) ? otherwise : text
  }
  const destination = readDestination(word(1, ''), word(2, 'XML'), word(3, 'default'))
  if ('app' in destination && KNOWN_APPLICATIONS.has(destination.app) && !APPLICATIONS.has(destination.app)) {
    output(`-ERR the application ${destination.app} is not modelled by the embedded switch\n`)
    return
  }
  originate(
    sw,
    {
      dialString: word(0, ''),
      destination,
      callerIdName: word(4, ''),
      callerIdNumber: word(5, ''),
      timeout: Number.parseInt(word(6, ''), 10) || DEFAULT_TIMEOUT,
    },
    output,
  )
}
