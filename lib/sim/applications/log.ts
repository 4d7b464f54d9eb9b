import type { Application } from '../execution/execution.ts'

/** `log [level] <text>`: ends at once. */
export const log: Application = (_, run) => {
  run.end()
}
