import { createFilter } from './filter.ts'
import type { Listener } from './listener.ts'

const cutAtBlank = (text: string): [before: string, after: string | undefined] => {
  const blank = text.indexOf(' ')
  return blank < 0 ? [text, undefined] : [text.slice(0, blank), text.slice(blank + 1)]
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const remove = (listener: Listener, rest: string): string => {
  const [name, value] = cutAtBlank(rest)
  listener.filters = same(name, 'all')
    ? []
    : listener.filters.filter(
        (filter) => !same(filter.header, name) || (value !== undefined && !same(filter.value, value)),
      )
  return `+OK filter deleted. [${name}][${value ?? ''}]`
}

/** `filter [add] <header> <value>`, `filter delete <header> [value]`, `filter delete all`: the reply. */
export const filterCommand = (listener: Listener, rest: string): string => {
  const [first, afterFirst] = cutAtBlank(rest.trimStart())
  if (afterFirst === undefined) return '-ERR invalid syntax'
  if (same(first, 'delete')) return remove(listener, afterFirst)
  const [name, value] = same(first, 'add') ? cutAtBlank(afterFirst) : [first, afterFirst]
  listener.filters.push(createFilter(name, value ?? ''))
  return `+OK filter added. [${name}]=[${value ?? ''}]`
}
