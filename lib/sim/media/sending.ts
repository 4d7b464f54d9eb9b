import { hasMedia, isUp, type Channel } from '../channel/channel.ts'
import { partnerOf, type Switch } from '../core/switch.ts'

/** What a leg sends, as far as a bit error test can tell: its pattern, anything else, or nothing (comfort noise). */
export type Sent = 'pattern' | 'sound' | 'silence'

/** How many legs a sound is followed back; two that echo each other send nothing. */
const FURTHEST = 8

const isMuted = ({ audio }: Channel, side: 'read' | 'write'): boolean => (audio?.[side]?.mute ?? 0) > 0

const sentBy = (sw: Switch, channel: Channel, hops: number): Sent => {
  if (!isUp(channel) || !hasMedia(channel)) return 'silence'
  // A mute puts a noise in the place of the sound (`uuid_audio` on a real switch: frames come, and all of them differ).
  if (isMuted(channel, 'write')) return 'sound'
  const partner = partnerOf(sw, channel)
  if (partner) return heardBy(sw, partner, hops)
  const app = channel.executions.at(-1)?.app ?? ''
  if (app === 'bert_test') return 'pattern'
  if (app === 'echo') return heardBy(sw, channel, hops)
  return app.startsWith('play') || app.endsWith('playback') ? 'sound' : 'silence'
}

/** What comes in from the far end; one that is not on this switch says nothing. */
export const heardBy = (sw: Switch, channel: Channel, hops = FURTHEST): Sent => {
  if (isMuted(channel, 'read')) return 'sound'
  const peer = channel.leg?.peer
  return peer && hops > 0 ? sentBy(sw, peer, hops - 1) : 'silence'
}

/** Calls `tell` when what a channel sends, or lets in, may have changed; gives the function that ends that. */
export const watchSending = (channel: Channel, tell: () => void): (() => void) => {
  channel.watchers.push(tell)
  return () => void channel.watchers.splice(channel.watchers.indexOf(tell), 1)
}

/** An application has begun or ended there, or it was muted. */
export const sendingChanged = (channel: Channel): void => {
  for (const tell of channel.watchers) tell()
}
