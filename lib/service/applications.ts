import debug from 'debug'
import { ApiError } from '../errors.ts'
import type { Commands } from '../link/commands.ts'

const log = debug('switchix:client')

/**
 * The applications that a switch has, in lower case (it does not tell the case of names apart), by `show application`: a
 * table of `name,description,syntax,ikey`. Undefined where it does not tell, as to a user who may not ask; then nothing is
 * refused.
 */
export const listApplications = async (commands: Commands): Promise<ReadonlySet<string> | undefined> => {
  try {
    const [header = '', ...rows] = (await commands.api('show application')).split('\n')
    if (!header.startsWith('name,')) return undefined
    const end = rows.indexOf('')
    return new Set(
      rows.slice(0, end < 0 ? undefined : end).map((row) => row.slice(0, row.indexOf(',')).toLowerCase()),
    )
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    log('the applications of the switch are not known: %s', error.message)
    return undefined
  }
}
