import type { EslEvent } from '../esl/event.ts'

/** Knows when calls have come and gone. */
export interface Quiet {
  note(event: EslEvent): void
  /** Resolves when a session has come, and none is up any more. */
  wait(): Promise<void>
}

export const createQuiet = (): Quiet => {
  const up = new Set<string>()
  let came = false
  let waiting: (() => void)[] = []
  return {
    note({ name, uuid }) {
      if (uuid === undefined) return
      if (name === 'CHANNEL_CREATE') {
        up.add(uuid)
        came = true
      }
      if (name !== 'CHANNEL_DESTROY' || !up.delete(uuid) || up.size > 0) return
      for (const tell of waiting) tell()
      waiting = []
    },
    wait: () =>
      new Promise((resolve) => {
        if (came && up.size === 0) resolve()
        else waiting.push(resolve)
      }),
  }
}
