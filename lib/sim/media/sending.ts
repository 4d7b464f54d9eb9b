import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { partnerOf, type Switch } from '../core/switch.ts'
import type { Sound } from './sound.ts'

/** A sound that is being played, and how far it is, in milliseconds of its first pass and all that follow. */
export interface Playing {
  readonly sound: Sound
  position(): number
}

/** What a leg sends: a sound, the pattern of a bit error test, the noise that a mute leaves, or nothing. */
export type Source =
  | { readonly kind: 'silence' }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'noise' }
  | { readonly kind: 'sound'; readonly playing: Playing }

/** What a leg sends, as far as a bit error test can tell: its pattern, anything else, or nothing (comfort noise). */
export type Sent = 'pattern' | 'sound' | 'silence'

const SILENCE: Source = { kind: 'silence' }
const NOISE: Source = { kind: 'noise' }
const PATTERN: Source = { kind: 'pattern' }

/** How many legs a sound is followed back; two that echo each other send nothing. */
const FURTHEST = 8

const isMuted = ({ audio }: Channel, side: 'read' | 'write'): boolean => (audio?.[side]?.mute ?? 0) > 0

/** Follows the sound that a channel sends to where it comes from; `through` takes the channels on the way. */
const sent = (sw: Switch, channel: Channel, through: Channel[]): Source => {
  through.push(channel)
  if (!isUp(channel) || !hasMedia(channel)) return SILENCE
  // A mute puts a noise in the place of the sound (`uuid_audio` on a real switch: frames come, and all of them differ).
  if (isMuted(channel, 'write')) return NOISE
  const partner = partnerOf(sw, channel)
  if (partner) return heard(sw, partner, through)
  const top = channel.executions.at(-1)
  if (top?.app === 'bert_test') return PATTERN
  if (top?.app === 'echo' || top?.app === 'delay_echo') return heard(sw, channel, through)
  return top?.playing ? { kind: 'sound', playing: top.playing } : SILENCE
}

const heard = (sw: Switch, channel: Channel, through: Channel[]): Source => {
  through.push(channel)
  if (isMuted(channel, 'read')) return NOISE
  const { peer, voice } = channel.leg ?? {}
  if (through.length > 2 * FURTHEST || channel.leg?.over) return SILENCE
  const other = channel.loop?.other ?? peer
  if (other) return sent(sw, other, through)
  if (voice === 'echo') return sent(sw, channel, through)
  return voice ? { kind: 'sound', playing: voice } : SILENCE
}

/** Where the sound that comes in from the far end is from. */
export const heardSource = (sw: Switch, channel: Channel): Source => heard(sw, channel, [])

/** What comes in from the far end; one that is not on this switch says what its script says. */
export const heardBy = (sw: Switch, channel: Channel): Sent => {
  const { kind } = heardSource(sw, channel)
  return kind === 'noise' ? 'sound' : kind
}

/** Calls `tell` when what a channel sends, or lets in, may have changed; gives the function that ends that. */
export const watchSending = (channel: Channel, tell: () => void): (() => void) => {
  channel.watchers = [...channel.watchers, tell]
  return () => {
    channel.watchers = channel.watchers.filter((one) => one !== tell)
  }
}

/**
 * Follows what a channel hears, or sends: `changed` is called whenever that may be another source than before, on
 * whichever leg of the way it happened. Gives the function that ends it.
 */
export const followSource = (
  sw: Switch,
  channel: Channel,
  side: 'heard' | 'sent',
  changed: (source: Source) => void,
): (() => void) => {
  let leave: (() => void)[] = []
  let over = false
  const end = (): void => {
    for (const one of leave.splice(0)) one()
  }
  const look = (): void => {
    if (over) return
    end()
    const through: Channel[] = []
    const source = side === 'heard' ? heard(sw, channel, through) : sent(sw, channel, through)
    leave = [...new Set(through)].map((one) => watchSending(one, look))
    changed(source)
  }
  look()
  return () => {
    over = true
    end()
  }
}

/** An application has begun or ended there, or a sound, or it was muted. */
export const sendingChanged = (channel: Channel): void => {
  for (const tell of channel.watchers) tell()
}
