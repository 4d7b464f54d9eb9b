import type { Channel } from '../channel/channel.ts'
import { followSource, type Source } from './sending.ts'
import type { Note } from './tones.ts'
import { cancel, later, type Switch } from '../core/switch.ts'

/** A note that will have sounded long enough to be told: when, counted from the beginning of its sound. */
interface Hit {
  readonly at: number
  readonly note: Note
}

/** The next note behind a position that sounds for so long without a break. */
const nextHit = (
  source: Source,
  from: number,
  needed: number,
  fits: (note: Note) => boolean,
): Hit | undefined => {
  if (source.kind !== 'sound') return undefined
  const { notes, passMs, ms } = source.playing.sound
  const fitting = notes.filter((note) => note.ms >= needed && fits(note))
  if (fitting.length === 0 || passMs <= 0) return undefined
  const first = Math.floor(from / passMs)
  // What is over in this pass comes again in the next one.
  for (const pass of [first, first + 1])
    for (const note of fitting) {
      const begins = pass * passMs + note.at
      const at = Math.max(begins, from) + needed
      if (at <= begins + note.ms && at <= ms) return { at, note }
    }
  return undefined
}

/**
 * Listens for tones on what a channel hears, or sends: `hit` is called for each fitting note when it has sounded for
 * `needed` milliseconds. What plays for ever keeps a virtual clock from nothing. Gives the function that ends it.
 */
export const followNotes = (
  sw: Switch,
  channel: Channel,
  side: 'heard' | 'sent',
  needed: number,
  fits: (note: Note) => boolean,
  hit: (note: Note) => void,
): (() => void) => {
  let timer: ReturnType<typeof later> | undefined
  const wait = (source: Source, from: number): void => {
    cancel(sw, timer)
    timer = undefined
    const next = nextHit(source, from, needed, fits)
    if (!next || source.kind !== 'sound') return
    const { playing } = source
    const act = (): void => {
      // Told once for each note: it goes on behind this one.
      wait(source, next.at - needed + next.note.ms)
      hit(next.note)
    }
    timer = later(sw, next.at - playing.position(), act, playing.sound.ms === Infinity)
  }
  const leave = followSource(sw, channel, side, (source) =>
    wait(source, source.kind === 'sound' ? source.playing.position() : 0),
  )
  return () => {
    cancel(sw, timer)
    leave()
  }
}
