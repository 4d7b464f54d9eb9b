import type { Channel } from './channel.ts'
import { emit } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import type { Switch } from '../core/switch.ts'

/** Something that listens to a channel's media, or changes it (`switch_core_media_bug.c`). */
export interface MediaBug {
  /** `audio`, `displace`, ... and what it is about: a path, a uuid. */
  readonly fn: string
  readonly target: string
}

const headersOf = ({ fn, target }: MediaBug): string =>
  `\nMedia-Bug-Function: ${fn}${header('Media-Bug-Target', target)}`

/** Adds one: MEDIA_BUG_START. */
export const addBug = (sw: Switch, channel: Channel, bug: MediaBug): void => {
  channel.bugs = [...channel.bugs, bug]
  emit(sw, KINDS.mediaBugStart, channel, headersOf(bug))
}

/** Takes one away by its function: MEDIA_BUG_STOP. False when there is none. */
export const removeBug = (sw: Switch, channel: Channel, fn: string): boolean => {
  const bug = channel.bugs.find((one) => one.fn === fn)
  if (!bug) return false
  channel.bugs = channel.bugs.filter((one) => one !== bug)
  emit(sw, KINDS.mediaBugStop, channel, headersOf(bug))
  return true
}

/** The channel has hung up: all of them go, the last first. */
export const removeBugs = (sw: Switch, channel: Channel): void => {
  for (let bug = channel.bugs.at(-1); bug; bug = channel.bugs.at(-1)) {
    channel.bugs = channel.bugs.slice(0, -1)
    emit(sw, KINDS.mediaBugStop, channel, headersOf(bug))
  }
}

/** What `uuid_buglist` shows. */
export const bugList = ({ bugs, recordings }: Channel): string => {
  const all = [...bugs, ...recordings.map(({ path }): MediaBug => ({ fn: 'session_record', target: path }))]
  const lines = all.map(
    ({ fn, target }) =>
      ` <media-bug>\n  <function>${fn}</function>\n  <target>${target}</target>\n  <thread-locked>0</thread-locked>\n </media-bug>\n`,
  )
  return `<media-bugs>\n${lines.join('')}</media-bugs>\n`
}
