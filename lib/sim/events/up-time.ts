import { micros, type Switch } from '../core/switch.ts'

const UNITS = [
  ['year', 365 * 86_400e6],
  ['day', 86_400e6],
  ['hour', 3600e6],
  ['minute', 60e6],
  ['second', 1e6],
  ['millisecond', 1e3],
  ['microsecond', 1],
] as const

/** `0 years, 0 days, 0 hours, 1 minute, ...`: how long the switch has been up. */
export const upTimeText = (sw: Switch): string => {
  let rest = micros(sw) - sw.startedAt
  return UNITS.map(([unit, length]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return `${count} ${unit}${count === 1 ? '' : 's'}`
  }).join(', ')
}
