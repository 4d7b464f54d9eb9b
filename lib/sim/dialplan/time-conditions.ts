/** What the attributes about time on a condition compare with (`switch_xml_std_datetime_check` in `src/switch_xml.c`). */

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** `1,3-5`: whether a number is among them; a range may wrap around. */
const among = (list: string, value: number, read: (text: string) => number = Number): boolean =>
  list.split(',').some((part) => {
    const [from = '', to = from] = part.trim().split('-')
    const [low, high] = [read(from), read(to)]
    return low <= high ? value >= low && value <= high : value >= low || value <= high
  })

const secondsOf = (text: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

/** Sunday is 1, by its number or its name. */
const dayOf = (text: string): number => {
  const at = DAYS.indexOf(text.trim().toLowerCase().slice(0, 3))
  return at < 0 ? Number(text) : at + 1
}

/** `2026-01-01 00:00~2026-12-31 23:59`, several with commas. */
const withinDates = (list: string, now: number): boolean =>
  list.split(',').some((part) => {
    const [from = '', to = from] = part.split('~')
    const read = (text: string): number => Date.parse(`${text.trim().replace(' ', 'T')}Z`)
    return now >= read(from) && now <= read(to)
  })

const DAY = 86_400_000

const CHECKS: Readonly<Record<string, (wanted: string, now: Date) => boolean>> = {
  'date-time': (wanted, now) => withinDates(wanted, now.getTime()),
  year: (wanted, now) => among(wanted, now.getUTCFullYear()),
  yday: (wanted, now) => among(wanted, dayOfYear(now)),
  mon: (wanted, now) => among(wanted, now.getUTCMonth() + 1),
  mday: (wanted, now) => among(wanted, now.getUTCDate()),
  week: (wanted, now) => among(wanted, Math.floor((dayOfYear(now) - 1) / 7 + 1)),
  mweek: (wanted, now) => among(wanted, weekOfMonth(now)),
  wday: (wanted, now) => among(wanted, now.getUTCDay() + 1, dayOf),
  hour: (wanted, now) => among(wanted, now.getUTCHours()),
  minute: (wanted, now) => among(wanted, now.getUTCMinutes()),
  'minute-of-day': (wanted, now) => among(wanted, now.getUTCHours() * 60 + now.getUTCMinutes() + 1),
  'time-of-day': (wanted, now) => among(wanted, secondsOf(now.toISOString().slice(11, 19)), secondsOf),
}

const dayOfYear = (now: Date): number =>
  Math.floor((now.getTime() - Date.UTC(now.getUTCFullYear(), 0, 1)) / DAY) + 1

const weekOfMonth = (now: Date): number => {
  const first = (7 - ((now.getUTCDate() - (now.getUTCDay() + 1)) % 7)) % 7
  return Math.ceil((now.getUTCDate() + first) / 7)
}

/**
 * Whether the time is right for an element; undefined where it says nothing about time. The switch's local time is UTC.
 * `now` in milliseconds since the epoch.
 */
export const timeMatches = (
  attributes: Readonly<Record<string, string>>,
  now: number,
): boolean | undefined => {
  const date = new Date(now)
  const asked = Object.entries(CHECKS).filter(([name]) => attributes[name] !== undefined)
  if (asked.length === 0) return undefined
  return asked.every(([name, check]) => check(attributes[name] ?? '', date))
}
