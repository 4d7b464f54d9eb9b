import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { messageOf } from '../../errors.ts'
import { writeWave } from '../../wave/write.ts'
import type { Channel } from '../channel/channel.ts'
import type { Config } from '../core/config.ts'
import { mix, render } from './render.ts'
import { followSource, type Source } from './sending.ts'
import type { Switch } from '../core/switch.ts'

const SAMPLES_PER_MS = 8

/** What a channel hears, or sends, taken down from now on. */
interface Track {
  /** Takes down what there is so far. */
  take(): void
  /** Ends it, and gives its samples. */
  end(): Int16Array
}

const startTrack = (sw: Switch, channel: Channel, side: 'heard' | 'sent', isMasked: () => boolean): Track => {
  const began = sw.clock.now()
  const pieces: Int16Array[] = []
  let written = 0
  let source: Source = { kind: 'silence' }
  let position = 0
  /** Takes down what was heard since the last time; the source was the same all the while. */
  const take = (): void => {
    const count = Math.round((sw.clock.now() - began) * SAMPLES_PER_MS) - written
    if (count <= 0) return
    pieces.push(isMasked() ? new Int16Array(count) : render(source, position, count))
    written += count
    position += count
  }
  const leave = followSource(sw, channel, side, (next) => {
    take()
    source = next
    position = Math.round((next.kind === 'sound' ? next.playing.position() : sw.clock.now()) * SAMPLES_PER_MS)
  })
  return {
    take,
    end() {
      take()
      leave()
      const all = new Int16Array(written)
      let at = 0
      for (const piece of pieces) {
        all.set(piece, at)
        at += piece.length
      }
      return all
    },
  }
}

export interface TapeOptions {
  /** Both sides apart, what is heard on the left. */
  readonly stereo: boolean
  readonly sides: 'both' | 'heard' | 'sent'
  readonly isMasked: () => boolean
}

export interface Tape {
  /** Something changes in what is to be kept: what was until now is taken down. */
  mark(): void
  /** Ends it, and writes the first so many samples; gives the size of the file in bytes. */
  end(path: string, samples: number): number
}

/** Files stay in the folder that was given for them, wherever a command wants to have them. */
export const fileFor = ({ recordingsDir }: Config, path: string): string => {
  const folder = resolve(recordingsDir)
  const inside = relative(folder, resolve(folder, path))
  const kept = inside.startsWith('..') ? join('/', path).slice(1) : inside
  const whole = join(folder, kept)
  return /\.\w+$/.test(whole) ? whole : `${whole}.wav`
}

/** A full disk ends no switch: FreeSWITCH logs that, too, and goes on. Returns how many bytes are in the file. */
const writeTape = (file: string, bytes: Uint8Array): number => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
    return bytes.length
  } catch (error) {
    process.emitWarning(`the embedded switch cannot write ${file}: ${messageOf(error)}`, {
      code: 'SWITCHIX_FILE',
    })
    return 0
  }
}

/** Begins to take down what a channel hears and says, to be written as a WAV file. */
export const startTape = (sw: Switch, channel: Channel, options: TapeOptions): Tape => {
  const { stereo, sides, isMasked } = options
  const start = (side: 'heard' | 'sent'): Track | undefined =>
    sides === 'both' || sides === side ? startTrack(sw, channel, side, isMasked) : undefined
  const heard = start('heard')
  const sent = start('sent')
  return {
    mark() {
      heard?.take()
      sent?.take()
    },
    end(path, samples) {
      const sized = (track: Track | undefined): Int16Array => {
        const all = new Int16Array(samples)
        all.set((track?.end() ?? all).subarray(0, samples))
        return all
      }
      const [left, right] = [sized(heard), sized(sent)]
      const bytes = writeWave(stereo ? [left, right] : [mix(left, right)])
      const file = fileFor(sw.config, path)
      return writeTape(file, bytes)
    },
  }
}
