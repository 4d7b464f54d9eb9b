import type { Report } from '../listener/tasks.ts'

/** Says on stderr that a function of an app failed. */
export const printFailure: Report = ({ app, id, event, session, error }) => {
  const where = session === undefined ? '' : ` on session ${session}`
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`switchix: app ${app} (id ${id}) failed in ${event}${where}: ${what}\n`)
}
