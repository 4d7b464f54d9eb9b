import { text, type Position } from '../position.ts'
import { injected, same } from '../verdict.ts'

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
  // Whom it hangs up is known here: nothing that it is given is sent.
  text(
    'hupall app',
    ({ client }, v) => client.hupall({ app: v }),
    (_, sent) => injected(sent),
  ),
]
