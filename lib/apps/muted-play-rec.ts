import type { Session } from '../model/session.ts'
import { CommandError } from '../errors.ts'
import type { ClientApp } from '../service/client.ts'
import { clipCall } from './clip-call.ts'
import { CLIP_OPTIONS, type ClipOptions } from './clip-options.ts'
import { callback, type OptionTable } from './options/option.ts'

export type MutedPlayRecOptions = ClipOptions

export const MUTED_PLAY_REC_OPTIONS: OptionTable<MutedPlayRecOptions> = {
  ...CLIP_OPTIONS,
  onRecorded: callback('told of each recorded call'),
}

/** Fails where the clip that plays for ever has ended, for that was no clip. */
const requirePlaying = async (sess: Session, clip: string, playing: Promise<unknown>): Promise<never> => {
  await playing
  throw new CommandError('endless_playback', `${sess.node} does not play ${clip}`, sess.uuid)
}

/** Both play for ever; who is heard changes each time that the caller's clip ends. */
const takeTurns = async (
  clip: string,
  iterations: number,
  caller: Session,
  callee: Session | undefined,
): Promise<void> => {
  await callee?.mute()
  void callee?.playback(clip, { endless: true })
  const ended = requirePlaying(caller, clip, caller.playback(clip, { endless: true }))
  ended.catch(() => undefined)
  let [heard, muted]: (Session | undefined)[] = [caller, callee]
  for (let i = 0; i < iterations; i++) {
    await Promise.race([caller.recv('PLAYBACK_STOP'), ended])
    const next = i + 1 < iterations && muted
    await Promise.all([heard?.mute(), ...(next ? [next.unmute()] : [])])
    ;[heard, muted] = [muted, heard]
  }
}

/**
 * Both legs play a clip over and over, one of them muted; the mute changes sides each time a clip ends. After so many
 * clips the call is hung up. Recorded as PlayRec's calls are.
 */
export const mutedPlayRec = (options: MutedPlayRecOptions = {}): ClientApp =>
  clipCall('MutedPlayRec', MUTED_PLAY_REC_OPTIONS, options, takeTurns, ['PLAYBACK_STOP'])
