import { encode } from './encode.ts'
import { flat } from './flat.ts'
import { microText } from './micro-text.ts'
import { encodedStamp } from './stamps.ts'
import type { Kind } from './kinds.ts'
import { micros, type Switch } from '../core/switch.ts'

const dateText = (sw: Switch, micro: number): string => {
  const second = Math.floor(micro / 1e6)
  const local = encodedStamp(micro)
  const gmt = encode(new Date(second * 1000).toUTCString())
  return flat(`${sw.whoText}\nEvent-Date-Local: ${local}\nEvent-Date-GMT: ${gmt}\nEvent-Date-Timestamp: `)
}

/** The headers that say which switch it is and when, the same on all events of an instant. */
const momentText = (sw: Switch, micro: number): string => {
  const { moment } = sw
  if (micro === moment.at) return moment.text
  const second = Math.floor(micro / 1e6)
  if (second !== moment.second) {
    moment.second = second
    moment.date = dateText(sw, micro)
  }
  moment.at = micro
  return (moment.text = moment.date + microText(micro))
}

/** The headers that every event begins with (`switch_event_prep_for_delivery_detailed` in `src/switch_event.c`). */
export const eventHead = (sw: Switch, kind: Kind, sequence: number, at = micros(sw)): string =>
  kind.first + momentText(sw, at) + kind.origin + String(sequence)
