import { addHeader } from '../../model/event.ts'
import { holdsVariable } from '../../model/expand.ts'
import type { Command } from '../../model/packet.ts'
import { text, words, type Position } from '../position.ts'
import { injected, same, sameWords, type Verdict } from '../verdict.ts'

/** `uuid_setvar` with a value: what the variable is then (mod_commands.c:6123). */
const variable = (sent: readonly Command[], uuid: string, given: string): Verdict =>
  words(sent, 'uuid_setvar', 3, ([at, name, value = '']) => {
    if (at !== uuid || name !== 'myvar') return injected([at, name])
    if (holdsVariable(value)) return injected(`expands ${value}`)
    const [header] = addHeader([], name, value)
    return header && header.array.length > 0 ? injected('an array') : same(header?.value ?? '', given)
  })

/** Channel variables. */
export const variablePositions: readonly Position[] = [
  text(
    'setVar',
    ({ session }, v) => session.setVar('myvar', v),
    (v, sent, uuid) => variable(sent, uuid, v),
  ),
  text(
    'setVars',
    ({ session }, v) => session.setVars({ myvar: v }),
    (v, sent, uuid) => variable(sent, uuid, v),
  ),
  text(
    'setVar name',
    ({ session }, v) => session.setVar(v, 'x'),
    (v, sent, uuid) => words(sent, 'uuid_setvar', 3, (found) => sameWords(found, [uuid, v, 'x'])),
  ),
  text(
    'getVar',
    ({ session }, v) => session.getVar(v),
    (v, sent, uuid) => words(sent, 'uuid_getvar', 4, (found) => sameWords(found, [uuid, v])),
  ),
  text(
    'unsetVar',
    ({ session }, v) => session.unsetVar(v),
    (v, sent, uuid) => words(sent, 'uuid_setvar', 3, (found) => sameWords(found, [uuid, v])),
  ),
]
