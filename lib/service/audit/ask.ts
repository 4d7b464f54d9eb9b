import debug from 'debug'
import { ApiError, messageOf } from '../../errors.ts'
import type { Node } from '../../model/node.ts'

const log = debug('switchix:audit')

/** How long an answer may take, in ms: the connection may be silent for as long because of it. */
const TIMEOUT_MS = 10_000

/** The output of an API; undefined where there is none, for whatever reason: then nothing is concluded. */
export const askApi = async (node: Node, command: string): Promise<string | undefined> => {
  try {
    return await node.commands.api(command, { timeout: TIMEOUT_MS })
  } catch (error) {
    log('%s: %s: %s', node.name, command, error instanceof ApiError ? error.reply : messageOf(error))
    return undefined
  }
}

/** Whether the switch has a channel of that uuid; undefined where it did not say. */
export const existsOn = async (node: Node, uuid: string): Promise<boolean | undefined> => {
  const answer = (await askApi(node, `uuid_exists ${uuid}`))?.trim()
  return answer === 'true' ? true : answer === 'false' ? false : undefined
}
