/**
 * A number as long as it has to be: 3, 0.25, 1,204, 0.0012.
 * @param {number | null | undefined} value
 */
export function numberText(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  const size = Math.abs(value)
  if (size < 1) return value.toLocaleString('en', { maximumSignificantDigits: 2 })
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

/** @param {number | null | undefined} value @param {string} unit */
export function withUnit(value, unit) {
  return unit === '%' ? `${numberText(value)} %` : `${numberText(value)} ${unit}`
}

/**
 * Seconds since the start: 4.2 s, 3:05, 1:02:03.
 * @param {number} seconds
 */
export function timeText(seconds) {
  if (Math.abs(seconds) < 60) return `${Math.round(seconds * 10) / 10} s`
  const whole = Math.round(seconds)
  const [minutes, rest] = [Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, '0')]
  const hours = Math.floor(whole / 3600)
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/**
 * A percentile by its place on an axis of nines: 0, 90, 99, 99.9.
 * @param {number} nines
 */
export function percentileText(nines) {
  const p = 100 * (1 - 10 ** -nines)
  return `${Number(p.toFixed(Math.max(0, Math.ceil(nines) - 1)))} %`
}
