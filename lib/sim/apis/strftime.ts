/** A moment in a time zone, in the pieces that a format asks for. */
interface Moment {
  readonly parts: Readonly<Record<string, string>>
  readonly dayOfYear: number
  readonly weekday: number
  readonly ms: number
  readonly offset: string
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const DAY = 86_400_000

const readMoment = (ms: number, timeZone: string): Moment | undefined => {
  try {
    const options = {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      weekday: 'long',
    } as const
    const list = new Intl.DateTimeFormat('en-US', options).formatToParts(ms)
    const parts = Object.fromEntries(list.map(({ type, value }) => [type, value]))
    const at = (name: string): number => Number(parts[name] ?? 0)
    const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'))
    const minutes = Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000)
    const size = Math.abs(minutes)
    return {
      parts,
      dayOfYear: Math.floor((local - Date.UTC(at('year'), 0, 1)) / DAY) + 1,
      weekday: DAYS.indexOf(parts['weekday'] ?? ''),
      ms,
      offset: `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`,
    }
  } catch {
    return undefined
  }
}

const two = (n: number, fill = '0'): string => String(n).padStart(2, fill)

const monthName = ({ ms, parts }: Moment, style: 'long' | 'short'): string =>
  new Intl.DateTimeFormat('en-US', { month: style, timeZone: 'UTC' }).format(
    Date.UTC(2000, Number(parts['month'] ?? 1) - 1, 1, 0, 0, 0, ms % 1),
  )

const hour12 = ({ parts }: Moment): number => Number(parts['hour'] ?? 0) % 12 || 12

/** The conversions of C's `strftime`, in the C locale; composite ones are written with others. */
const SIMPLE: Readonly<Record<string, (m: Moment) => string>> = {
  Y: ({ parts }) => parts['year'] ?? '',
  C: ({ parts }) => two(Math.floor(Number(parts['year'] ?? 0) / 100)),
  y: ({ parts }) => two(Number(parts['year'] ?? 0) % 100),
  m: ({ parts }) => parts['month'] ?? '',
  d: ({ parts }) => parts['day'] ?? '',
  e: ({ parts }) => two(Number(parts['day'] ?? 0), ' '),
  H: ({ parts }) => parts['hour'] ?? '',
  k: ({ parts }) => two(Number(parts['hour'] ?? 0), ' '),
  I: (m) => two(hour12(m)),
  l: (m) => two(hour12(m), ' '),
  M: ({ parts }) => parts['minute'] ?? '',
  S: ({ parts }) => parts['second'] ?? '',
  p: ({ parts }) => (Number(parts['hour'] ?? 0) < 12 ? 'AM' : 'PM'),
  A: ({ weekday }) => DAYS[weekday] ?? '',
  a: ({ weekday }) => (DAYS[weekday] ?? '').slice(0, 3),
  B: (m) => monthName(m, 'long'),
  b: (m) => monthName(m, 'short'),
  h: (m) => monthName(m, 'short'),
  j: ({ dayOfYear }) => String(dayOfYear).padStart(3, '0'),
  U: ({ dayOfYear, weekday }) => two(Math.floor((dayOfYear + 6 - weekday) / 7)),
  W: ({ dayOfYear, weekday }) => two(Math.floor((dayOfYear + 6 - ((weekday + 6) % 7)) / 7)),
  u: ({ weekday }) => String(weekday === 0 ? 7 : weekday),
  w: ({ weekday }) => String(weekday),
  s: ({ ms }) => String(Math.floor(ms / 1000)),
  z: ({ offset }) => offset,
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
}

const COMPOSITE: Readonly<Record<string, string>> = {
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

/** Writes a moment (milliseconds since the epoch) as C's `strftime` does; undefined for a zone that there is not. */
export const strftime = (format: string, ms: number, timeZone: string): string | undefined => {
  const moment = readMoment(ms, timeZone)
  if (!moment) return undefined
  const written = format.replace(/%([DFTRrcxX])/g, (_, code: string) => COMPOSITE[code] ?? '')
  return written.replace(/%([A-Za-z%])/g, (all, code: string) => {
    if (code === 'Z') return timeZone
    return SIMPLE[code]?.(moment) ?? all
  })
}
