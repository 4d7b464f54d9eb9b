import { encode } from './encode.ts'
import { flat } from './flat.ts'
import type { Kind } from './kinds.ts'
import { micros, type Switch } from '../core/switch.ts'

/** Stamps by their second: a call has several, and all calls of a second the same. */
const stamps = new Map<number, string>()
const MOST_STAMPS = 100

/** `2026-11-22 21:53:57`; the embedded switch lives in UTC, so that a run is the same everywhere. */
export const localStamp = (micro: number): string => {
  const second = Math.floor(micro / 1e6)
  const known = stamps.get(second)
  if (known !== undefined) return known
  const stamp = new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ')
  if (stamps.size >= MOST_STAMPS) stamps.clear()
  stamps.set(second, stamp)
  return stamp
}

const dateText = (sw: Switch, micro: number): string => {
  const second = Math.floor(micro / 1e6)
  if (second !== sw.date.second) {
    const local = encode(localStamp(micro))
    const gmt = encode(new Date(second * 1000).toUTCString())
    sw.date = {
      second,
      text: flat(`${sw.whoText}\nEvent-Date-Local: ${local}\nEvent-Date-GMT: ${gmt}\nEvent-Date-Timestamp: `),
    }
  }
  return sw.date.text
}

/** The headers that every event begins with (`switch_event_prep_for_delivery_detailed` in `src/switch_event.c`). */
export const eventHead = (sw: Switch, kind: Kind, sequence: number, at = micros(sw)): string =>
  `${kind.first}${dateText(sw, at)}${at}${kind.origin}\nEvent-Sequence: ${sequence}`
