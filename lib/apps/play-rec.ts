import type { Session } from '../model/session.ts'
import type { ClientApp } from '../service/client.ts'
import { CLIP_OPTIONS, type ClipOptions } from './clip-options.ts'
import { clipCall } from './clip-call.ts'
import { callback, type OptionTable } from './options/option.ts'
import { playClip, SILENCE } from './play-clip.ts'

export type PlayRecOptions = ClipOptions

export const PLAY_REC_OPTIONS: OptionTable<PlayRecOptions> = {
  ...CLIP_OPTIONS,
  onRecorded: callback('told of each recorded call'),
}

/** One speaks, the other sends silence, turn by turn. */
const converse = async (
  clip: string,
  iterations: number,
  caller: Session,
  callee: Session | undefined,
): Promise<void> => {
  for (let i = 0; i < iterations; i++) {
    const first = i % 2 === 0 || !callee
    const [speaker, listener] = first ? [caller, callee] : [callee, caller]
    void listener?.playback(SILENCE)
    // From the second turn on, the speaker is the one that was silent.
    await playClip(speaker, clip, callee !== undefined && i > 0)
  }
}

/**
 * A conversation: caller and callee play a clip to each other in turn, the caller first, and then the call is hung up. Now
 * and then (`recPeriod`) both legs of a call are recorded, to judge its sound by.
 */
export const playRec = (options: PlayRecOptions = {}): ClientApp =>
  clipCall('PlayRec', PLAY_REC_OPTIONS, options, converse)
