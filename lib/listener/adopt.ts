import type { EslEvent } from '../esl/event.ts'
import { makeUp } from '../esl/made-up.ts'
import type { Tables } from './tables.ts'

/** Events that show a channel to be up; a session may begin with one where its CHANNEL_CREATE was lost. */
const SIGNS_OF_LIFE = new Set([
  'CHANNEL_PROGRESS',
  'CHANNEL_PROGRESS_MEDIA',
  'CHANNEL_ANSWER',
  'CHANNEL_PARK',
  'CHANNEL_BRIDGE',
])

/**
 * The CHANNEL_CREATE of a channel whose own was lost, where it is a leg of a call that we placed and was not seen before.
 * Others are left alone: calls that were up before us are not ours.
 */
export const lostCreate = (tables: Tables, uuid: string, event: EslEvent): EslEvent | undefined => {
  if (!SIGNS_OF_LIFE.has(event.name)) return undefined
  const origin = tables.originOf(uuid, event)
  if (!origin || tables.calls.get(origin.uuid)?.legs.some((leg) => leg.uuid === uuid)) return undefined
  const created = event.get('Caller-Channel-Created-Time') ?? ''
  return makeUp(event, 'CHANNEL_CREATE', created === '' ? {} : { 'Event-Date-Timestamp': created })
}
