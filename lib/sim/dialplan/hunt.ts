import type { Action, RoutedCall } from '../calls/dialplan.ts'
import { expressionOf, substitute } from './expressions.ts'
import { timeMatches } from './time-conditions.ts'
import { childrenOf, type Element } from './xml-tree.ts'

/** A call on its hunt through the extensions of a context. */
export interface Hunt {
  readonly call: RoutedCall
  readonly actions: Action[]
  /** Variables that inline actions have set on the way; later conditions see them. */
  readonly set: Map<string, string>
  match: readonly string[] | undefined
}

const FIELDS: Readonly<Record<string, (call: RoutedCall) => string>> = {
  destination_number: (call) => call.destination,
  context: (call) => call.context,
  caller_id_name: (call) => call.callerIdName,
  caller_id_number: (call) => call.callerIdNumber,
  ani: (call) => call.callerIdNumber,
  username: (call) => call.callerIdNumber,
  uuid: (call) => call.uuid,
  source: () => 'mod_sofia',
  dialplan: () => 'XML',
}

const expand = ({ call, set }: Hunt, text: string): string =>
  text.replace(/\$\{([^}]+)\}/g, (_, name: string) => set.get(name) ?? call.variable(name) ?? '')

const valueOf = (hunt: Hunt, field: string): string =>
  field.includes('$') ? expand(hunt, field) : (FIELDS[field]?.(hunt.call) ?? hunt.call.field?.(field) ?? '')

interface Test {
  readonly passed: boolean
  /** What the expression has matched, where it has groups. */
  readonly match: RegExpExecArray | undefined
}

/** One `<condition>` without `regex`, or one `<regex>`. */
const test = (hunt: Hunt, element: Element): Test => {
  const { field } = element.attributes
  const inTime = timeMatches(element.attributes, hunt.call.now)
  if (field === undefined) return { passed: inTime ?? true, match: undefined }
  const own =
    element.children.find(({ name }) => name === 'expression')?.text ?? element.attributes['expression']
  const expression = expand(hunt, own ?? '')
  const found = expressionOf(expression).exec(valueOf(hunt, field))
  // FreeSWITCH takes a condition that names a time and a field as passed when either is right.
  return {
    passed: found !== null || inTime === true,
    match: found && expression.includes('(') ? found : undefined,
  }
}

const testAll = (hunt: Hunt, condition: Element, rule: string): Test => {
  const tests = childrenOf(condition, 'regex').map((element) => test(hunt, element))
  const passes = tests.filter(({ passed }) => passed)
  const passed =
    rule === 'all' ? passes.length === tests.length : rule === 'xor' ? passes.length === 1 : passes.length > 0
  return { passed, match: passes.findLast(({ match }) => match)?.match }
}

const perform = (hunt: Hunt, element: Element, match: RegExpExecArray | undefined): void => {
  const { application: app = '', data = '', inline, loop = '1' } = element.attributes
  const given = element.text === '' ? data : element.text
  const arg = match ? substitute(given, match) : given
  if (inline === 'true' && /^(?:set|export)$/.test(app)) {
    const [name = '', ...value] = expand(hunt, arg).split('=')
    hunt.set.set(name, value.join('='))
  }
  for (let i = 0; i < Number(loop); i++) hunt.actions.push(arg === '' ? { app } : { app, arg })
}

/** Goes through the conditions of an extension, or those within one; gives whether all was as it has to be. */
export const tryConditions = (hunt: Hunt, parent: Element): boolean => {
  let proceed = false
  for (const condition of childrenOf(parent, 'condition')) {
    const { regex } = condition.attributes
    const { passed, match } = regex === undefined ? test(hunt, condition) : testAll(hunt, condition, regex)
    proceed = passed
    if (passed) {
      if (match) hunt.match = match.map((group: string | undefined) => group ?? '')
      for (const action of childrenOf(condition, 'action')) perform(hunt, action, match)
    } else
      for (const action of childrenOf(condition, 'anti-action')) {
        perform(hunt, action, undefined)
        proceed = true
      }
    const stop = condition.attributes['break'] ?? 'on-false'
    if (stop === 'always' || stop === (passed ? 'on-true' : 'on-false')) break
    if (!proceed || childrenOf(condition, 'condition').length === 0) continue
    proceed = tryConditions(hunt, condition) || condition.attributes['require-nested'] === 'false'
    if (!proceed && stop !== 'never') break
  }
  return proceed
}
