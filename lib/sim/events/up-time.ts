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

/** How long the switch has been up: years, days, hours, minutes, seconds, milliseconds, microseconds. */
export const upTime = (sw: Switch): number[] => {
  let rest = micros(sw) - sw.startedAt
  return UNITS.map(([, length]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return count
  })
}

/** `0 years, 0 days, 0 hours, 1 minute, ...`. */
export const upTimeText = (sw: Switch): string =>
  upTime(sw)
    .map((count, i) => `${count} ${UNITS[i]?.[0] ?? ''}${count === 1 ? '' : 's'}`)
    .join(', ')
