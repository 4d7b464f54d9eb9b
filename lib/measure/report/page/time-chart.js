import { sizeOf, timeAxis, timeScale, valueAxis } from './axes.js'
import { timeText, withUnit } from './format.js'
import { colour, faint } from './theme.js'
import { createTooltip } from './tooltip.js'

/**
 * Bars on top of each other: of each series, the sum of it and those below, the highest first, so that the lower ones are
 * drawn over it.
 * @param {TimeChart} chart
 */
function stackOf({ series }) {
  /** @type {number[][]} */
  const sums = []
  for (const { values } of series) {
    const below = sums.at(-1)
    sums.push(values.map((value, i) => (value ?? 0) + (below?.[i] ?? 0)))
  }
  return sums.reverse()
}

/** @param {TimeChart} chart @returns {PlotSeries[]} */
function seriesOf({ series, stacked, x }) {
  const bars = uPlot.paths.bars?.({ size: [1, 40], gap: 1 })
  const order = stacked ? series.toReversed() : series
  const alone = x.length < 3
  return order.map(({ label, colour: name, dashed, filled }) => ({
    label,
    stroke: colour(name),
    width: stacked ? 0 : 1.5,
    ...(dashed && { dash: [5, 4] }),
    ...((filled || stacked) && { fill: stacked ? colour(name) : faint(name, 0.15) }),
    ...(stacked && bars && { paths: bars }),
    points: { show: alone && !stacked, size: 5 },
    spanGaps: true,
  }))
}

/** The place of a call in its chart, in pixels. @param {Plot} plot @param {Mark} mark */
function placeOf(plot, { x, y }) {
  return { left: plot.valToPos(x, 'x'), top: plot.valToPos(y ?? 0, 'y') }
}

/** @param {Plot} plot @param {readonly Mark[]} marks */
function drawMarks(plot, marks) {
  const { ctx } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height + 6)
  ctx.clip()
  for (const mark of marks) {
    const { left, top } = placeOf(plot, mark)
    ctx.beginPath()
    ctx.fillStyle = colour(mark.failed ? 'red' : 'orange')
    ctx.strokeStyle = colour('paper')
    ctx.arc(
      plot.bbox.left + left * uPlot.pxRatio,
      plot.bbox.top + top * uPlot.pxRatio,
      3.5 * uPlot.pxRatio,
      0,
      7,
    )
    ctx.fill()
    ctx.stroke()
  }
  ctx.restore()
}

/** @param {Plot} plot @param {readonly Mark[]} marks @param {(call: string) => void} open */
function listenToMarks(plot, marks, open) {
  /** @param {MouseEvent} event */
  const near = ({ offsetX, offsetY }) => {
    const away = marks.map((mark) => {
      const { left, top } = placeOf(plot, mark)
      return { mark, distance: Math.hypot(left - offsetX, top - offsetY) }
    })
    return away.filter(({ distance }) => distance < 9).sort((a, b) => a.distance - b.distance)[0]?.mark
  }
  plot.over.addEventListener('click', (event) => {
    const mark = near(event)
    if (mark) open(mark.call)
  })
  plot.over.addEventListener('mousemove', (event) => {
    plot.over.style.cursor = near(event) ? 'pointer' : ''
  })
}

/**
 * @param {HTMLElement} host
 * @param {TimeChart} chart
 * @param {{ group: string, span: readonly [number, number], open: (call: string) => void }} page
 */
export function drawTime(host, chart, { group, span, open }) {
  const { marks = [] } = chart
  const lines = chart.stacked ? stackOf(chart) : chart.series.map(({ values }) => values)
  /** @type {() => void} */
  let tell = () => undefined
  const plot = new uPlot(
    {
      ...sizeOf(host),
      class: chart.stacked ? 'stacked' : 'lines',
      cursor: { sync: { key: group }, points: { size: 6 }, drag: { x: true, y: false, dist: 6 } },
      legend: { live: false },
      scales: { x: timeScale(chart.x, span), y: { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] } },
      axes: [timeAxis(), valueAxis(chart.unit)],
      series: [{ label: 'time' }, ...seriesOf(chart)],
      hooks: { setCursor: [() => tell()], draw: [(self) => drawMarks(self, marks)] },
    },
    /** @type {PlotData} */ ([[...chart.x], ...lines]),
    host,
  )
  tell = createTooltip(plot, () => {
    const i = plot.cursor.idx
    if (i === null || i === undefined) return undefined
    const rows = chart.series.map((each) => ({
      label: each.label,
      value: withUnit(each.values[i], chart.unit),
      colour: colour(each.colour),
    }))
    // Of many causes, those that there were.
    const shown = chart.stacked ? rows.filter((_, at) => (chart.series[at]?.values[i] ?? 0) > 0) : rows
    return { title: timeText(chart.x[i] ?? 0), rows: shown }
  })
  if (marks.length > 0) listenToMarks(plot, marks, open)
  return plot
}
