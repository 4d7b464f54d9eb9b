import type { Session } from '../model/session.ts'

/**
 * Resolves when a leg that we originated is parked. The switch takes it there after the answer, and breaks off what a
 * command has begun on it before that (`originate … &park()`: CS_CONSUME_MEDIA to CS_EXECUTE).
 */
export const untilParked = async (sess: Session): Promise<void> => {
  if (!sess.history.some(({ name }) => name === 'CHANNEL_PARK')) await sess.recv('CHANNEL_PARK')
}
