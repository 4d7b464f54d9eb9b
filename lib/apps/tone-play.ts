import type { ClientApp } from '../service/client.ts'
import { text, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'
import { untilParked } from './until-parked.ts'

export interface TonePlayOptions {
  /** What the caller plays, without end. Default: a milliwatt tone, 1004 Hz (ITU-T O.22's level at 0 dBm0). */
  readonly tone?: string
}

export const TONE_PLAY_OPTIONS: OptionTable<TonePlayOptions> = {
  tone: text('tone_stream://%(251,0,1004)', 'what the caller plays, without end'),
}

/** Plays a tone on the outbound leg and echoes it back on the inbound one, until somebody hangs up. */
export const tonePlay = (options: TonePlayOptions = {}): ClientApp => {
  const { tone } = readOptions('TonePlay', TONE_PLAY_OPTIONS, options)
  return {
    name: 'TonePlay',
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction === 'inbound') await sess.answer()
      },
      async CHANNEL_ANSWER(sess) {
        if (sess.direction === 'inbound') {
          await sess.echo()
          return
        }
        await untilParked(sess)
        await sess.playback(tone, { vars: { loops: -1 } })
      },
    },
  }
}
