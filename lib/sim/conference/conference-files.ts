import { TIMING } from '../core/timing.ts'
import { cancel, later, type Switch } from '../core/switch.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { findSound, type Sound } from '../media/sound.ts'
import type { Conference, ConferenceFile } from './conference.ts'
import { tellConference } from './conference-events.ts'

/** The conference's own count of what it has played: at twice its rate, as in the recordings. */
const SAMPLES_PER_MS = 16

const tellDone = (
  sw: Switch,
  conference: Conference,
  sound: Sound,
  playedMs: number,
  async: boolean,
): void => {
  const samples = Math.round(playedMs * SAMPLES_PER_MS)
  const before = `\nseconds: ${Math.floor(samples / 8000)}\nmilliseconds: ${Math.floor(samples / 8)}\nsamples: ${samples}`
  const rest = header('File', sound.path) + (async ? '\nAsync: true' : '')
  tellConference(sw, KINDS.playFileDone, conference, 'play-file-done', rest, before)
}

/** Plays what is the first of the files that wait. */
const playNext = (sw: Switch, conference: Conference): void => {
  const next = conference.files.find(({ async }) => !async)
  if (next && !next.timer) next.begin()
}

/**
 * Plays a file to everybody: at once when it is `async`, else when those before it have been played. False when there is
 * no such file (`conference_file_play` in `conference_file.c`).
 */
export const playToConference = (
  sw: Switch,
  conference: Conference,
  name: string,
  async: boolean,
): boolean => {
  const sound = findSound(sw.config, name)
  if (!sound) return false
  let began = 0
  const close = (): void => {
    conference.files.splice(conference.files.indexOf(file), 1)
    tellDone(sw, conference, sound, Math.min(sound.ms, sw.clock.now() - began), async)
    playNext(sw, conference)
  }
  const file: ConferenceFile = {
    async,
    timer: undefined,
    begin() {
      began = sw.clock.now()
      file.timer = later(sw, Math.min(sound.ms, 2 ** 31 - 1), close)
    },
    stop() {
      cancel(sw, file.timer)
      // Its thread tells of it when it comes to its next frame.
      if (file.timer) file.timer = later(sw, TIMING.frame, close)
      else conference.files.splice(conference.files.indexOf(file), 1)
    },
  }
  conference.files.push(file)
  if (async) file.begin()
  else playNext(sw, conference)
  return true
}

/** Stops what plays: the one that is heard, all, or the asynchronous ones; how many that were. */
export const stopFiles = (conference: Conference, which: 'current' | 'all' | 'async'): number => {
  const { files } = conference
  const chosen =
    which === 'async'
      ? files.filter(({ async }) => async)
      : files.filter(({ async }) => !async).slice(0, which === 'current' ? 1 : undefined)
  // Those that wait go first, or each would be played for an instant.
  for (const file of chosen.reverse()) file.stop()
  return chosen.length
}
