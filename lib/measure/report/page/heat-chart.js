import { LOGARITHMIC, logAxis, sizeOf, timeAxis, timeScale } from './axes.js'
import { numberText, timeText, withUnit } from './format.js'
import { colour } from './theme.js'
import { createTooltip } from './tooltip.js'

/** @param {string} text */
function channels(text) {
  return (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}

/** Colours from few to many: `share` is from 0 to 1. @returns {(share: number) => string} */
function heatScale() {
  const stops = ['heat-low', 'heat-middle', 'heat-high'].map((name) => channels(colour(name)))
  return (share) => {
    const at = Math.min(1, Math.max(0, share)) * 2
    const [from, to] = [
      stops[Math.min(1, Math.floor(at))] ?? [],
      stops[Math.min(2, Math.floor(at) + 1)] ?? [],
    ]
    const mixed = from.map((value, i) => value + ((to[i] ?? value) - value) * (at < 2 ? at % 1 : 1))
    return `rgb(${mixed.map(Math.round).join(', ')})`
  }
}

/** @param {Plot} plot @param {HeatChart} chart @param {(share: number) => string} scale */
function drawCells(plot, { x, width, edges, cells }, scale) {
  const { ctx, bbox } = plot
  const most = Math.max(...cells.map(([, , count]) => count))
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  for (const [column, row, count] of cells) {
    const from = x[column] ?? 0
    const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(from + width, 'x', true)]
    const [bottom, top] = [
      plot.valToPos(edges[row] ?? 1, 'y', true),
      plot.valToPos(edges[row + 1] ?? 1, 'y', true),
    ]
    // One call of ten thousand is to be seen, too.
    ctx.fillStyle = scale(most > 1 ? Math.log(count) / Math.log(most) : 1)
    ctx.fillRect(left, top, Math.max(1, right - left - 0.5), Math.max(1, bottom - top - 0.5))
  }
  ctx.restore()
}

/** @param {HTMLElement} host @param {HeatChart} chart @param {(share: number) => string} scale */
function drawHeatLegend(host, { cells }, scale) {
  const legend = document.createElement('div')
  legend.className = 'heat-legend'
  const bar = document.createElement('i')
  bar.style.background = `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1].map(scale).join(', ')})`
  const [few, many] = [document.createElement('span'), document.createElement('span')]
  few.textContent = '1 call'
  many.textContent = `${numberText(Math.max(...cells.map(([, , count]) => count)))} calls`
  legend.append(few, bar, many)
  host.append(legend)
}

/** @param {HTMLElement} host @param {HeatChart} chart @param {{ group: string, span: readonly [number, number] }} page */
export function drawHeat(host, chart, { group, span }) {
  const { x, width, edges, cells } = chart
  const scale = heatScale()
  const counts = new Map(cells.map(([column, row, count]) => [`${column} ${row}`, count]))
  const ends = [x[0] ?? 0, (x.at(-1) ?? 0) + width]
  /** @type {() => void} */
  let tell = () => undefined
  const plot = new uPlot(
    {
      ...sizeOf(host),
      cursor: { sync: { key: group }, points: { show: false }, drag: { x: true, y: false, dist: 6 } },
      legend: { show: false },
      scales: {
        x: timeScale(ends, span),
        y: { distr: LOGARITHMIC, range: [edges[0] ?? 1, edges.at(-1) ?? 2] },
      },
      axes: [timeAxis(), logAxis(chart.unit)],
      series: [{ label: 'time' }, { label: 'calls', stroke: 'transparent', points: { show: false } }],
      hooks: { setCursor: [() => tell()], draw: [(self) => drawCells(self, chart, scale)] },
    },
    [ends, ends.map(() => edges[0] ?? 1)],
    host,
  )
  tell = createTooltip(plot, () => {
    const [at, value] = [plot.posToVal(plot.cursor.left ?? 0, 'x'), plot.posToVal(plot.cursor.top ?? 0, 'y')]
    const column = x.findIndex((from) => at >= from && at < from + width)
    const row = edges.findIndex((edge, i) => value >= edge && value < (edges[i + 1] ?? 0))
    if (column < 0 || row < 0) return undefined
    const range = `${numberText(edges[row])} – ${withUnit(edges[row + 1], chart.unit)}`
    const count = counts.get(`${column} ${row}`) ?? 0
    return { title: timeText(x[column] ?? 0), rows: [{ label: range, value: `${numberText(count)} calls` }] }
  })
  drawHeatLegend(host, chart, scale)
  return plot
}
