import { requireTime } from '../flow/require-time.ts'
import type { OpenOptions } from './connect.ts'

/** Throws ArgumentError (BAD_ARGUMENT) for a time of a connection that is none; what is not given has its default. */
export const requireTimes = ({
  connectTimeout,
  commandTimeout,
  heartbeat,
  reconnect,
}: Pick<OpenOptions, 'connectTimeout' | 'commandTimeout' | 'heartbeat' | 'reconnect'>): void => {
  if (connectTimeout !== undefined) requireTime('connectTimeout', connectTimeout)
  if (commandTimeout !== undefined) requireTime('commandTimeout', commandTimeout, { mayBeInfinite: true })
  if (heartbeat !== undefined && heartbeat !== false) requireTime('heartbeat', heartbeat)
  if (typeof reconnect !== 'object') return
  const { firstDelay, maxDelay, keepSessions } = reconnect
  if (firstDelay !== undefined) requireTime('firstDelay', firstDelay, { mayBeZero: true })
  if (maxDelay !== undefined) requireTime('maxDelay', maxDelay)
  if (keepSessions !== undefined) requireTime('keepSessions', keepSessions, { mayBeZero: true })
}
