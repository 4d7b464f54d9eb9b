import type { Api } from '../apis/api.ts'
import { APIS } from '../apis/index.ts'
import type { Done } from './commands.ts'
import { emitGeneral, nextSequence } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { KNOWN_APIS } from '../apis/known-apis.ts'
import { sendText, type Listener } from './listener.ts'
import type { Switch } from '../core/switch.ts'

/** Cuts `name argument` apart; blanks in front of the name make it empty, as in FreeSWITCH. */
export const splitApi = (line: string): [name: string, arg: string] => {
  const blank = line.indexOf(' ')
  return blank < 0 ? [line, ''] : [line.slice(0, blank), line.slice(blank + 1)]
}

const missing =
  (name: string): Api =>
  (_, __, output) =>
    output(
      KNOWN_APIS.has(name)
        ? `-ERR ${name} is not modelled by the embedded switch\n`
        : `-ERR ${name} Command not found!\n`,
    )

/**
 * Runs an api command (`switch_api_execute` in `src/switch_loadable_module.c`): its API event has the number of its
 * beginning, but comes when it has ended. `tell` is for a caller that has an event of its own to tell instead.
 */
export const runApi = (sw: Switch, line: string, output: (text: string) => void, tell?: () => void): void => {
  const [name, arg] = splitApi(line)
  const found = APIS.get(name.toLowerCase())
  const sequence = nextSequence(sw)
  const api = found ?? missing(name)
  api(sw, arg.trimEnd(), (text) => {
    if (tell) tell()
    else if (sw.wanting.has(KINDS.api.name)) {
      const headers = header('API-Command', name) + header('API-Command-Argument', arg)
      emitGeneral(sw, KINDS.api, headers, '', sequence)
    }
    output(text)
  })
}

/** `api <command>`: the connection waits for it, and gets no event before the answer. */
export const runApiCommand = (sw: Switch, listener: Listener, line: string, done: Done): void => {
  listener.busy = true
  runApi(sw, line, (text) => {
    const body = text === '' ? '-ERR no reply\n' : text
    sendText(listener, `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`)
    done(true)
  })
}
