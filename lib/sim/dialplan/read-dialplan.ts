import { ArgumentError } from '../../errors.ts'
import type { Dialplan } from '../calls/dialplan.ts'
import { expressionOf } from './expressions.ts'
import { tryConditions, type Hunt } from './hunt.ts'
import { childrenOf, readXml, type Element } from './xml-tree.ts'

/** All contexts of a document, wherever they stand in it. */
const contextsIn = (elements: readonly Element[]): Element[] =>
  elements.flatMap((element) => (element.name === 'context' ? [element] : contextsIn(element.children)))

/** Expressions that do not depend on the call are looked at before there is one. */
const checkExpressions = (element: Element): void => {
  const text = element.name === 'expression' ? element.text : element.attributes['expression']
  if (text !== undefined && !text.includes('${')) expressionOf(text)
  for (const child of element.children) checkExpressions(child)
}

/**
 * Reads a dialplan in FreeSWITCH's XML, as `mod_dialplan_xml` does: extensions with `continue`, conditions with `field`,
 * `expression`, `break`, `regex`, the time of day, nested ones, actions and anti-actions, `inline` ones that set
 * variables. `<X-PRE-PROCESS>` is not looked at. Throws ArgumentError for XML that is not well formed or has no context,
 * and for an expression that JavaScript does not have.
 */
export const readDialplan = (xml: string): Dialplan => {
  const contexts = new Map(
    contextsIn([readXml(xml)]).map((element) => [element.attributes['name'] ?? '', element]),
  )
  if (contexts.size === 0)
    throw new ArgumentError('a dialplan has to have a <context name="...">; there is none')
  for (const context of contexts.values()) checkExpressions(context)
  return (call) => {
    const context = contexts.get(call.context)
    const hunt: Hunt = { call, actions: [], set: new Map(), match: undefined }
    for (const extension of context ? childrenOf(context, 'extension') : []) {
      if (tryConditions(hunt, extension) && extension.attributes['continue'] !== 'true') break
    }
    const { actions, match } = hunt
    return match ? { actions, match } : { actions }
  }
}
