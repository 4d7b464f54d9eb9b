import { EVENT_NAMES } from '../../esl/event-names.ts'
import { separate } from '../calls/separate.ts'
import { emitMade } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { madeKind } from '../events/kinds.ts'
import type { Application } from '../execution/execution.ts'

const DEFAULT_NAME = 'CHANNEL_APPLICATION'
const KNOWN: ReadonlySet<string> = new Set([...EVENT_NAMES, 'CUSTOM'])

/**
 * `event Event-Name=CUSTOM,Event-Subclass=my::event,key=value`: fires an event of the channel with headers of its own
 * (`event_function` in `mod_dptools.c`). A name that is given stands where it was given, a subclass before everything.
 */
export const event: Application = (sw, run) => {
  let name = DEFAULT_NAME
  let first = `Event-Name: ${DEFAULT_NAME}`
  let subclass = ''
  let own = ''
  for (const pair of separate(run.arg, ',', 25)) {
    const equals = pair.indexOf('=')
    if (equals < 0) continue
    const [key, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1).trimStart()]
    const what = key.toLowerCase()
    if (what === 'event-subclass') subclass = header(key, value)
    else own += header(key, value)
    if (what !== 'event-name') continue
    first = ''
    const upper = value.toUpperCase()
    if (KNOWN.has(upper)) name = upper
  }
  emitMade(
    sw,
    madeKind(name, subclass.slice(1) + (subclass === '' ? '' : first && '\n') + first),
    run.channel,
    own,
  )
  run.end()
}
