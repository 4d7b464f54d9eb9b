import { ApiError, CommandError } from '../errors.ts'
import type { Node } from './node.ts'
import type { View } from './view.ts'

/** What each switch said that it can speak with. */
const known = new WeakMap<Node, Promise<ReadonlySet<string> | undefined>>()

/** The speech modules among `type,name,ikey` rows; undefined where the switch does not tell. */
const listEngines = async ({ commands }: Node): Promise<ReadonlySet<string> | undefined> => {
  try {
    const rows = (await commands.api('show interfaces')).split('\n').map((row) => row.split(','))
    if (rows[0]?.[0] !== 'type') return undefined
    return new Set(rows.flatMap(([type, name = '']) => (type === 'speech' ? [name.toLowerCase()] : [])))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return undefined
  }
}

/**
 * `speak` completes in the same way whether it spoke or not (`speak_function` in `src/mod/applications/mod_dptools/mod_dptools.c`). What
 * can be known is whether the switch has the engine. Throws CommandError where it has not; asked once of each switch.
 */
export const requireEngine = async ({ state }: View, engine: string): Promise<void> => {
  const { node } = state
  let engines = known.get(node)
  if (!engines) known.set(node, (engines = listEngines(node)))
  const found = await engines
  // `unimrcp:profile` is the engine unimrcp.
  const name = engine.split(':', 1)[0]?.toLowerCase() ?? ''
  if (found && !found.has(name))
    throw new CommandError(
      'speak',
      `${node.name} has no text-to-speech engine "${name}"; load its module (mod_${name})`,
      state.uuid,
    )
}
