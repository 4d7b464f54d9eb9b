/** What the dialplan of a context does with calls, as far as its XML tells. */
export interface ContextVerdict {
  readonly parksAll: boolean
  /** What stands in the way, where it does not. */
  readonly why: string
  /** Where it hands every call over in place of parking it: what the `socket` application is given. */
  readonly socket?: string | undefined
}

/** Applications that may come before `park` without taking the call anywhere. */
const HARMLESS = new Set([
  'set',
  'multiset',
  'export',
  'log',
  'info',
  'sched_hangup',
  'unset',
  'verbose_events',
])

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`).exec(tag)?.[1]

/** Conditions that every call meets: none, or one on nothing, or one whose expression takes all. */
const takesAll = (extension: string): boolean =>
  Array.from(extension.matchAll(/<condition\b[^>]*>/g)).every(([tag]) => {
    const expression = attribute(tag, 'expression')
    return attribute(tag, 'field') === undefined
      ? !/\b(?:wday|hour|time-of-day|mday|mon|year|date-time)\s*=/.test(tag)
      : expression !== undefined && /^\^?(?:\(?\.[*+]\)?)\$?$/.test(expression)
  })

/**
 * Whether a context of the dialplan (its XML, as `xml_locate dialplan context name …` prints it) parks every call that comes
 * in: the first of its extensions takes all calls, and does nothing before `park` that takes them elsewhere.
 */
export const parksAll = (xml: string): ContextVerdict => {
  const text = xml.replace(/<!--[^]*?-->/g, '')
  const [first] = /<extension\b[^]*?<\/extension>/.exec(text) ?? []
  if (first === undefined) return { parksAll: false, why: 'it has no extension' }
  const name = attribute(first, 'name') ?? 'without a name'
  if (!takesAll(first))
    return { parksAll: false, why: `its first extension (${name}) takes only some of the calls` }
  const actions = Array.from(first.matchAll(/<action\b[^>]*>/g), ([tag]) => tag)
  const decisive = actions.find((tag) => !HARMLESS.has(attribute(tag, 'application') ?? ''))
  const app = decisive && attribute(decisive, 'application')
  if (app === 'park') return { parksAll: true, why: '' }
  const why = `its first extension (${name}) runs ${app ?? 'nothing'} in place of park`
  return {
    parksAll: false,
    why,
    ...(app === 'socket' && { socket: attribute(decisive ?? '', 'data') ?? '' }),
  }
}
