import { createEvent, type EslEvent, type EventState } from './event.ts'
import { bytesOf, percentEncode } from './percent.ts'

/** The header of an event that the switch did not send: `true`. */
export const MADE_UP = 'Switchix-Made-Up'

/** The text of an event in the plain format, as `uuid_dump` prints it; `text` is what came, read as UTF-8. */
export const plainEvent = (text: string): EslEvent => createEvent(bytesOf(text), 'plain')

/**
 * An event of that name with the headers of another one (in the plain format), `headers` in place of those that it has of
 * the same name, and `Switchix-Made-Up: true`. The same way as the switch encodes them.
 */
export const makeUp = (
  like: EslEvent,
  name: string,
  headers: Readonly<Record<string, string>> = {},
): EslEvent => {
  const own = { 'Event-Name': name, [MADE_UP]: 'true', ...headers }
  const lines = Object.entries(own)
    .filter(([, value]) => value !== '')
    .map(([header, value]) => `${header}: ${percentEncode(value)}\n`)
  const rest = (like as unknown as EventState).text
    .split('\n')
    .filter((line) => !Object.hasOwn(own, line.slice(0, Math.max(0, line.indexOf(':')))))
    .join('\n')
  return createEvent(lines.join('') + rest, 'plain')
}
