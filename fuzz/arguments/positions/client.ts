import { text, type Position } from '../position.ts'
import type { Command } from '../../model/packet.ts'
import { injected, same, type Verdict } from '../verdict.ts'

/** An event that was sent, with these headers and no others. */
const event = (sent: readonly Command[], headers: readonly (readonly [string, string])[]): Verdict => {
  const [command] = sent
  if (sent.length !== 1 || command?.line !== 'sendevent CUSTOM') return injected(sent)
  if (command.headers.some(({ array }) => array.length > 0)) return injected('an array')
  const got = command.headers.map(({ name, value }) => [name, value])
  return same(JSON.stringify(got), JSON.stringify(headers))
}

/** What goes to the switch itself. */
export const clientPositions: readonly Position[] = [
  text(
    'api',
    ({ client }, v) => client.api(v),
    (v, sent) =>
      sent.length === 1 && sent[0]?.headers.length === 0
        ? same(sent[0].line, `api ${v.replace(/^[ \t\v]+|[ \t\v]+$/g, '')}`)
        : injected(sent),
  ),
  text(
    'bgapi',
    ({ client }, v) => client.bgapi(v),
    (v, sent) =>
      sent.length === 1 && sent[0]?.headers.map(({ name }) => name).join() === 'Job-UUID'
        ? same(sent[0].line, `bgapi ${v.replace(/^[ \t\v]+|[ \t\v]+$/g, '')}`)
        : injected(sent),
  ),
  text(
    'subscribe',
    ({ client }, v) => client.subscribe(v as never),
    (v, sent) => {
      const names = sent[0]?.line.split(' ').slice(2) ?? []
      return sent.length === 1 && sent[0]?.headers.length === 0
        ? same(names.filter((name) => name !== 'CUSTOM').join(' '), v)
        : injected(sent)
    },
  ),
  text(
    'sendEvent value',
    ({ client }, v) => client.sendEvent('acme::event', { 'X-Value': v, 'X-Next': 'x' }),
    (v, sent) =>
      event(sent, [
        ['Event-Subclass', 'acme::event'],
        ['X-Value', v],
        ['X-Next', 'x'],
      ]),
  ),
  text(
    'sendEvent header',
    ({ client }, v) => client.sendEvent('acme::event', { [v]: 'x' }),
    (v, sent) =>
      event(sent, [
        ['Event-Subclass', 'acme::event'],
        [v, 'x'],
      ]),
  ),
  text(
    'filter value',
    ({ client }, v) => client.filter('variable_x', v),
    (v, sent) =>
      sent.length === 1 && sent[0]?.headers.length === 0
        ? same(sent[0].line, `filter variable_x ${v}`)
        : injected(sent),
  ),
  // Whom it hangs up is known here: nothing that it is given is sent.
  text(
    'hupall app',
    ({ client }, v) => client.hupall({ app: v }),
    (_, sent) => injected(sent),
  ),
]
