import { plainEvent } from '../../esl/made-up.ts'
import { missedEvents } from '../../listener/missed.ts'
import type { EslEvent } from '../../esl/event.ts'
import type { Node } from '../../model/node.ts'
import { askApi } from './ask.ts'
import type { AuditParts } from './audit.ts'

/**
 * Compares a channel with its `uuid_dump`, and makes up the events that its session has missed; one that was never seen
 * becomes a session. Resolves with the dump, or with undefined where there was none.
 */
export const catchUpWith = async (
  { listener, insert }: AuditParts,
  uuid: string,
  node: Node,
): Promise<EslEvent | undefined> => {
  const text = await askApi(node, `uuid_dump ${uuid}`)
  if (text === undefined) return undefined
  const dump = plainEvent(text)
  if (dump.uuid !== uuid) return undefined
  const missed = missedEvents(listener.tables.sessions.get(uuid), dump)
  insert(
    missed.map((event) => () => {
      const known = listener.tables.sessions.get(uuid)
      if (known) listener.recover(known)
      const after = listener.dispatch(event)
      const begun = known ? undefined : listener.tables.sessions.get(uuid)
      if (begun) listener.recover(begun)
      return after
    }),
  )
  return dump
}
