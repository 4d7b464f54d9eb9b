import type { Api } from './api.ts'
import { beginShutDown } from '../core/shut-down.ts'
import { later, type Switch } from '../core/switch.ts'
import { emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'

/** `shutdown`, and `...`: at once. */
export const shutdown: Api = (sw, _, output) => {
  output('+OK\n')
  beginShutDown(sw)
}

/** How often it looks whether the last call has ended, in milliseconds. */
const POLL = 500

/** Waits for the calls that are up, with the connection that has asked; another one may cancel it. */
const whenIdle = (sw: Switch, how: 'ASAP' | 'elegant', output: (text: string) => void): void => {
  emitGeneral(sw, KINDS.shutdownRequested, header('Event-Info', how))
  sw.shutdownRequested = true
  if (how === 'ASAP') sw.limits.paused = { inbound: true, outbound: true }
  const look = (): void => {
    if (sw.shutdownRequested && sw.channels.size > 0) {
      later(sw, POLL, look)
      return
    }
    output('+OK\n')
    if (sw.shutdownRequested) beginShutDown(sw)
    else sw.limits.paused = { inbound: false, outbound: false }
  }
  look()
}

const NOT_MODELLED = new Set(['restart', 'reincarnate'])

/**
 * `fsctl shutdown [cancel|elegant|asap|now]`: now, by an exit that nobody is told of; asap and elegant when no call is
 * up, the former without letting new ones in (`switch_core_session_ctl` in `src/switch_core.c`).
 */
const fsctlShutdown: Api = (sw, arg, output) => {
  const words = arg.toLowerCase().split(/ +/).slice(1, 5)
  const last = words.findLast((word) => ['elegant', 'asap', 'now'].includes(word))
  if (words.includes('cancel')) {
    sw.shutdownRequested = false
    output('+OK\n')
  } else if (words.some((word) => NOT_MODELLED.has(word)))
    output(`-ERR fsctl ${arg} is not modelled by the embedded switch\n`)
  else if (last === undefined) shutdown(sw, arg, output)
  else if (last === 'now') sw.stop('abruptly')
  else whenIdle(sw, last === 'asap' ? 'ASAP' : 'elegant', output)
}

/** `fsctl`, which may take its time to shut down. */
export const withShutdown =
  (fsctl: Api): Api =>
  (sw, arg, output) =>
    (/^shutdown(?: |$)/i.test(arg) ? fsctlShutdown : fsctl)(sw, arg, output)
