import { axis, LOGARITHMIC, logAxis, sizeOf } from './axes.js'
import { percentileText, withUnit } from './format.js'
import { colour } from './theme.js'
import { createTooltip } from './tooltip.js'

/** Where a percentile is on an axis of nines: 90 is 1, 99 is 2. @param {number} p */
function ninesOf(p) {
  return -Math.log10(1 - p / 100)
}

/** What a label takes of the axis, in pixels. */
const LABEL = 46

/** Those that have room beside each other. @param {number} most @param {number} width of the axis, in pixels */
function percentileSplits(most, width) {
  const nines = Array.from({ length: Math.floor(most) }, (_, i) => i + 1)
  /** @type {number[]} */
  const splits = [0]
  for (const split of [ninesOf(50), ...nines])
    if (((split - (splits.at(-1) ?? 0)) / most) * width >= LABEL) splits.push(split)
  return splits
}

/** @param {HTMLElement} host @param {SpectrumChart} chart */
export function drawSpectrum(host, chart) {
  const tables = chart.series.map(
    ({ points }) =>
      /** @type {PlotData} */ ([
        points.map(([p]) => ninesOf(p)),
        points.map(([, value]) => Math.max(0.001, value)),
      ]),
  )
  const data = uPlot.join(tables)
  const values = chart.series.flatMap(({ points }) => points.map(([, value]) => Math.max(0.001, value)))
  const [least, most] = [Math.min(...values), Math.max(...values)]
  /** @type {() => void} */
  let tell = () => undefined
  const plot = new uPlot(
    {
      ...sizeOf(host),
      cursor: { points: { size: 6 }, drag: { x: true, y: false, dist: 6 } },
      legend: { live: false },
      scales: {
        x: { time: false },
        y: { distr: LOGARITHMIC, range: [least / 1.15, Math.max(most * 1.15, least * 1.5)] },
      },
      axes: [
        axis({
          splits: (self, __, ___, max) => percentileSplits(max, self.bbox.width / uPlot.pxRatio),
          values: (_, splits) => splits.map(percentileText),
          size: 28,
        }),
        logAxis(chart.unit),
      ],
      series: [
        { label: 'percentile' },
        ...chart.series.map(({ label, colour: name }) => ({
          label,
          stroke: colour(name),
          width: 1.5,
          spanGaps: true,
          points: { show: data[0].length < 8, size: 5 },
        })),
      ],
      hooks: { setCursor: [() => tell()] },
    },
    data,
    host,
  )
  tell = createTooltip(plot, () => {
    const i = plot.cursor.idx
    const nines = data[0][i ?? -1]
    if (nines === undefined) return undefined
    return {
      title: `p${percentileText(nines).replace(' %', '')}`,
      rows: chart.series.map(({ label, points, colour: name }) => {
        // The series have points of their own: the value at that percentile is that of the next one.
        const point = points.find(([p]) => ninesOf(p) >= nines - 1e-9)
        return { label, value: withUnit(point?.[1], chart.unit), colour: colour(name) }
      }),
    }
  })
  return plot
}
