import { html, type Markup } from './markup.ts'

/** How a figure is written: `share` of one as a percentage. */
export type Unit = 'calls' | 'calls/s' | 'ms' | 's' | 'share' | 'erlangs' | ''

const fixed = (value: number, digits: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** With as many digits as the printed summary has. */
export const valueText = (value: number | null, unit: Unit): string => {
  if (value === null) return '–'
  switch (unit) {
    case 'share':
      return `${fixed(value * 100, 2)} %`
    case 'calls':
      return fixed(value, 0)
    case 's':
      return `${fixed(value / 1000, value >= 100_000 ? 0 : 2)} s`
    case 'ms':
      return fixed(value, 1)
    default:
      return fixed(value, 2)
  }
}

const exact = (value: number, unit: Unit): string =>
  unit === 's' || unit === 'ms'
    ? `${value} ms`
    : unit === 'share' || unit === ''
      ? String(value)
      : `${value} ${unit}`

/** A figure as it is read, which knows its exact value and, by `path`, where it is in the summary. */
export const figure = (value: number | null | undefined, unit: Unit, path?: string): Markup => {
  if (value === undefined) return html`<span class="dim">–</span>`
  const place = path === undefined ? '' : html` data-figure="${path}"`
  const raw = value === null ? 'null' : String(value)
  const title = value === null ? 'nothing was measured' : exact(value, unit)
  return html`<data${place} value="${raw}" title="${title}">${valueText(value, unit)}</data>`
}
