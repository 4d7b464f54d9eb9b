import { AppLoadError, messageOf } from '../errors.ts'
import type { Report } from '../listener/tasks.ts'

/** Says on stderr that a function of an app failed. */
export const printFailure: Report = ({ app, id, event, session, error }) => {
  const where = session === undefined ? '' : ` on session ${session}`
  // Where an app's own code failed, the stack says where; what is ours says what is wrong in words.
  const inWords = error instanceof AppLoadError || !(error instanceof Error)
  const what = inWords ? messageOf(error) : (error.stack ?? error.message)
  process.stderr.write(`switchix: app ${app} (id ${id}) failed in ${event}${where}: ${what}\n`)
}
