import { numberText, timeText } from './format.js'
import { colour } from './theme.js'

/** A scale on which each double is as far away as the last. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot has it as a type only
export const LOGARITHMIC = /** @type {import('uplot').Scale.Distr} */ (3)

const FONT = '11px system-ui, sans-serif'

/** @param {Partial<PlotAxis>} more @returns {PlotAxis} */
export function axis(more) {
  const line = colour('line')
  return {
    stroke: colour('dim'),
    font: FONT,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
    ...more,
  }
}

/** Seconds since the start. @returns {PlotAxis} */
export function timeAxis() {
  return axis({ values: (_, splits) => splits.map(timeText), space: 70, size: 28 })
}

/** @param {string} unit @returns {PlotAxis} */
export function valueAxis(unit) {
  return axis({ values: (_, splits) => splits.map((value) => numberText(value)), size: 58, label: unit, labelFont: FONT, labelSize: 16 }) // prettier-ignore
}

/**
 * An axis on which each double is as far away as the last: with 1, 2, 5, 10; or evenly, where that would be too few.
 * @param {string} unit
 * @returns {PlotAxis}
 */
export function logAxis(unit) {
  return {
    ...valueAxis(unit),
    splits: (_, __, min, max) => logSplits(min, max),
    filter: (_, splits) => splits,
  }
}

/** @param {number} min @param {number} max */
function logSplits(min, max) {
  const splits = []
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++)
    for (const digit of [1, 2, 5]) splits.push(digit * 10 ** power)
  const within = splits.filter((value) => value >= min && value <= max)
  if (within.length > 2)
    return within.length > 9 ? within.filter((value) => /^0?\.?0*1/.test(String(value))) : within
  return Array.from({ length: 5 }, (_, i) => min + ((max - min) * i) / 4)
}

/** @param {HTMLElement} host */
export function sizeOf(host) {
  return { width: host.clientWidth, height: 230 }
}

/**
 * The time of all charts of a run is the same, from its start to its end, until somebody looks closer.
 * @param {readonly number[]} x
 * @param {readonly [number, number]} span
 * @returns {import('uplot').Scale}
 */
export function timeScale(x, [start, end]) {
  const [first = 0, last = 1] = [x[0], x.at(-1)]
  return {
    time: false,
    range: (_, min, max) =>
      min <= first && max >= last ? [Math.min(start, first), Math.max(end, last)] : [min, max],
  }
}
