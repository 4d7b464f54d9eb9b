/** One of a listener's filters: the value that a header has to have, or, with `-` in front of it, must not have. */
export interface Filter {
  readonly header: string
  readonly value: string
  readonly positive: boolean
  readonly fits: (actual: string) => boolean
}

const comparison = (expected: string): ((actual: string) => boolean) => {
  const [, source] = /^\/(.*?)\/?$/.exec(expected) ?? []
  const lower = expected.toLowerCase()
  if (source === undefined) return (actual) => actual.toLowerCase() === lower
  try {
    const pattern = new RegExp(source)
    return (actual) => pattern.test(actual)
  } catch {
    return () => false
  }
}

export const createFilter = (headerName: string, value: string): Filter => {
  const signs = /^[+\- ]*/.exec(value)?.[0] ?? ''
  return {
    header: headerName,
    value,
    positive: !signs.trimEnd().endsWith('-'),
    fits: comparison(value.slice(signs.length)),
  }
}

/**
 * Positive filters are ORed, a negative one that fits has the last word; a header that the event does not have fits
 * nothing, so an event without it is dropped (`event_handler` in `mod_event_socket.c`).
 */
export const passes = (
  filters: readonly Filter[],
  valueOf: (headerName: string) => string | undefined,
): boolean => {
  let pass = false
  for (const filter of filters) {
    if (pass && filter.positive) continue
    const actual = valueOf(filter.header)
    if (actual === undefined || !filter.fits(actual)) continue
    if (!filter.positive) return false
    pass = true
  }
  return pass
}
