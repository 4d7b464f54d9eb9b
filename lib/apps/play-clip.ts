import { CommandError } from '../errors.ts'
import type { Session } from '../model/session.ts'

/** Silence without end, which keeps the sound of the other direction going. */
export const SILENCE = 'silence_stream://-1'

/** Plays a clip to its end. Rejects with CommandError (COMMAND_FAILED) where the switch cannot play it. */
export const playClip = async (sess: Session, clip: string, bargeIn = false): Promise<void> => {
  const response = (await sess.playback(clip, { bargeIn })).get('Application-Response')
  if (response === 'FILE NOT FOUND')
    throw new CommandError(
      'playback',
      `${response}: ${clip}; see the sound_prefix of ${sess.node}`,
      sess.uuid,
    )
}
