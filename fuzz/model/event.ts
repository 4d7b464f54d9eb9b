/** A header of an event; `array` where the switch holds several values of it. */
export interface Header {
  readonly name: string
  readonly value: string
  readonly array: readonly string[]
}

/**
 * `switch_event_base_add_header` (switch_event.c:1007) at the bottom of an event: `ARRAY::` at the start makes an array, an
 * empty value takes the header away.
 */
export const addHeader = (headers: readonly Header[], name: string, value: string): Header[] => {
  const isNamed = (header: Header): boolean => header.name.toLowerCase() === name.toLowerCase()
  if (value === '') return headers.filter((header) => !isNamed(header))
  if (!value.startsWith('ARRAY::')) return [...headers, { name, value, array: [] }]
  // `switch_event_add_array` (:962)
  if (value.length < 8) return [...headers]
  const array = value.slice(7).split('|:')
  return [
    ...headers,
    { name, array, value: array.length > 1 ? `ARRAY::${array.join('|:')}` : (array[0] ?? '') },
  ]
}
