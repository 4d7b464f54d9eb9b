/** Which events a client has asked a switch for (`event`, `nixevent`, `noevents`). */
export interface Subscription {
  /** Takes note of a command, if it is one of those. */
  note(command: string): void
  has(name: string): boolean
}

const NOT_NAMES = new Set(['plain', 'json', 'xml', 'CUSTOM'])

const namesIn = (command: string): string[] =>
  (command.split('\n', 1)[0] ?? '')
    .split(' ')
    .slice(1)
    .filter((word) => !NOT_NAMES.has(word))

export const createSubscription = (): Subscription => {
  const names = new Set<string>()
  return {
    note(command) {
      if (command.startsWith('event ')) for (const name of namesIn(command)) names.add(name)
      if (command.startsWith('nixevent ')) for (const name of namesIn(command)) names.delete(name)
      if (command.startsWith('noevents')) names.clear()
    },
    has: (name) => names.has(name) || names.has('ALL'),
  }
}
