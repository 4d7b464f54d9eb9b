import type { Command } from '../../model/packet.ts'
import { api, executed, number, text, words, type Position } from '../position.ts'
import { injected, same, sameWords, wrong, type Verdict } from '../verdict.ts'

/** `+seconds uuid …`: the delay was given in ms. 0 would be now. */
const after = (found: readonly string[], ms: string, rest: readonly string[]): Verdict => {
  const [delay = '', ...others] = found
  const seconds = Math.max(1, Math.round(Number(ms) / 1000))
  if (!/^\+[1-9]\d{0,9}$/.test(delay)) return injected(`a delay of ${delay}`)
  return delay === `+${seconds}` ? sameWords(others, rest) : wrong(delay)
}

/** A status that sofia answers with (mod_sofia.c:2290). */
const status = (arg: string, given: string): Verdict => {
  const code = Number.parseInt(arg, 10)
  return code >= 100 && code < 700 ? same(arg, given) : injected(`488 for ${arg}`)
}

/** The one contact of a redirection (mod_sofia.c:2171). */
const contact = (arg: string, given: string): Verdict =>
  /[ ,<>]/.test(arg) || arg.length > 1023 ? injected(arg) : same(arg, given)

const transferred = (
  sent: readonly Command[],
  uuid: string,
  dest: string,
  dialplan: string,
  context: string,
): Verdict =>
  words(sent, 'uuid_transfer', 5, (found) => {
    if (found[1]?.startsWith('-')) return injected(`option ${found[1]}`)
    // An empty word stands for the channel's own, or for "service" (switch_ivr.c:2165).
    return found.includes('') ? wrong(found) : sameWords(found, [uuid, dest, dialplan, context])
  })

/** Setting calls up, taking them down, sending them elsewhere. */
export const controlPositions: readonly Position[] = [
  text(
    'hangup',
    ({ session }, v) => session.hangup(v),
    (v, sent, uuid) => api(sent, 'uuid_kill', (args) => same(args, `${uuid} ${v}`)),
  ),
  text(
    'respond',
    ({ session }, v) => session.respond(v),
    (v, sent, uuid) => executed(sent, uuid, 'respond', (arg) => status(arg, v)),
  ),
  number(
    'respond code',
    ({ session }, v) => session.respond(v),
    (v, sent, uuid) => executed(sent, uuid, 'respond', (arg) => status(arg, v)),
  ),
  number(
    'schedHangup',
    ({ session }, v) => session.schedHangup(v),
    (v, sent, uuid) => words(sent, 'sched_hangup', 4, (found) => after(found, v, [uuid, 'NORMAL_CLEARING'])),
  ),
  text(
    'schedHangup cause',
    ({ session }, v) => session.schedHangup(1000, v),
    (v, sent, uuid) => words(sent, 'sched_hangup', 4, (found) => sameWords(found, ['+1', uuid, v])),
  ),
  text(
    'transfer',
    ({ session }, v) => session.transfer(v),
    (v, sent, uuid) => transferred(sent, uuid, v, 'XML', 'public'),
  ),
  text(
    'transfer dialplan',
    ({ session }, v) => session.transfer('1', { dialplan: v }),
    (v, sent, uuid) => transferred(sent, uuid, '1', v, 'public'),
  ),
  text(
    'transfer context',
    ({ session }, v) => session.transfer('1', { context: v }),
    (v, sent, uuid) => transferred(sent, uuid, '1', 'XML', v),
  ),
  text(
    'deflect',
    ({ session }, v) => session.deflect(v),
    (v, sent, uuid) => executed(sent, uuid, 'deflect', (arg) => contact(arg, v)),
  ),
  text(
    'execute',
    ({ session }, v) => session.execute('log', v),
    (v, sent, uuid) => executed(sent, uuid, 'log', (arg) => same(arg, v)),
  ),
  text(
    'execute app',
    ({ session }, v) => session.execute(v, 'x'),
    (v, sent, uuid) => executed(sent, uuid, v, (arg) => same(arg, 'x')),
  ),
  number(
    'schedDtmf',
    ({ session }, v) => session.schedDtmf(v, '1'),
    (v, sent, uuid) =>
      api(sent, 'sched_api', (args) => after(args.split(' '), v, [uuid, 'uuid_send_dtmf', uuid, '1'])),
  ),
]
