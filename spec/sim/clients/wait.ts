/** Gathers what a client says, and waits for a part of it. */
export interface Heard<T> {
  push(one: T): void
  readonly all: readonly T[]
  /** Resolves with the first that fits, there already or still to come. */
  first(fits: (one: T) => boolean): Promise<T>
}

export const hear = <T>(): Heard<T> => {
  const all: T[] = []
  const waiting = new Set<() => void>()
  return {
    all,
    push(one) {
      all.push(one)
      for (const look of [...waiting]) look()
    },
    first: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = all.find(fits)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}

/** The client's own chatter is not asked for. */
export const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
  trace: () => undefined,
  silent: () => undefined,
  child: () => SILENT,
}

/** What every client is to place: a call of the switch to itself, where one leg is parked. */
export const DIAL =
  'originate {origination_uuid=from-client,originate_timeout=5}sofia/external/park@127.0.0.1:5080 &park()'
