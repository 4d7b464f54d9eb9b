import { scaleLinear, type ScaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { escapeXml } from '../../testing/ladder/svg.ts'
import type { PlotPanel } from './panels.ts'
import { thinOut, type Point } from './thin-out.ts'

const WIDTH = 1200
const PANEL = 280
const MARGIN = { top: 76, right: 24, bottom: 52, left: 76, between: 46 } as const
const INNER = WIDTH - MARGIN.left - MARGIN.right

/** Told apart by who sees few colours, too (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7']

const STYLE = `text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-size: 16px; font-weight: 600 } .axis { stroke: #888 } .grid { stroke: #e6e6e6 } .line { fill: none; stroke-width: 1.2; stroke-linejoin: round } .faint { stroke-opacity: 0.35 }`

type Scale = ScaleLinear<number, number>

const rounded = (value: number): string => String(Math.round(value * 10) / 10)

const xAxis = (x: Scale, bottom: number, top: number, labels: boolean): string =>
  x
    .ticks(10)
    .filter(Number.isInteger)
    .map((tick) => {
      const at = rounded(x(tick))
      const label = labels ? `<text x="${at}" y="${bottom + 20}" text-anchor="middle">${tick.toLocaleString('en')}</text>` : '' // prettier-ignore
      return `<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/>${label}`
    })
    .join('')

const yAxis = (y: Scale, unit: string, top: number): string => {
  const format = y.tickFormat(6)
  const ticks = y.ticks(6).map((tick) => {
    const at = rounded(y(tick))
    return `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${at}" y2="${at}"/><text x="${MARGIN.left - 8}" y="${at}" dy="0.35em" text-anchor="end">${format(tick)}</text>`
  })
  const middle = top + PANEL / 2
  return `${ticks.join('')}<text transform="translate(20 ${middle}) rotate(-90)" text-anchor="middle">${escapeXml(unit)}</text>`
}

/** About what a character of the font is wide. */
const CHARACTER = 6.6

/** In a row above the panel, where it hides nothing. */
const legend = ({ series }: PlotPanel, top: number): string => {
  let at = MARGIN.left
  return series
    .map(({ label }, i) => {
      const [from, y] = [at, top - 12]
      at += 50 + label.length * CHARACTER
      return `<line x1="${rounded(from)}" x2="${rounded(from + 22)}" y1="${y}" y2="${y}" stroke="${COLOURS[i % COLOURS.length] ?? ''}" stroke-width="2.5"/><text x="${rounded(from + 28)}" y="${y}" dy="0.35em">${escapeXml(label)}</text>`
    })
    .join('')
}

const panelSvg = (panel: PlotPanel, x: Scale, top: number, isLast: boolean): string => {
  const drawn = panel.series.map(({ values }) => thinOut(values, INNER))
  const most = drawn.flat().reduce((max, [, value]) => (value > max ? value : max), 0)
  const bottom = top + PANEL
  const y = scaleLinear()
    .domain([0, most || 1])
    .nice()
    .range([bottom, top])
  const path = line<Point>((point) => x(point[0]), (point) => y(point[1])).defined(([, value]) => !Number.isNaN(value)).digits(1) // prettier-ignore
  const lines = drawn.map(
    (points, i) =>
      `<path class="line${panel.series[i]?.faint ? ' faint' : ''}" stroke="${COLOURS[i % COLOURS.length] ?? ''}" d="${path(points) ?? ''}"/>`,
  )
  return [
    xAxis(x, bottom, top, isLast),
    yAxis(y, panel.unit, top),
    ...lines,
    `<path class="axis" fill="none" d="M${MARGIN.left} ${top}V${bottom}H${WIDTH - MARGIN.right}"/>`,
    legend(panel, top),
  ].join('\n')
}

/** The figure as SVG, a picture by itself: panels above each other over the numbers of the calls. */
export const figureSvg = (title: string, panels: readonly PlotPanel[]): string => {
  const calls = Math.max(...panels.flatMap(({ series }) => series.map(({ values }) => values.length)))
  const height = MARGIN.top + panels.length * (PANEL + MARGIN.between) - MARGIN.between + MARGIN.bottom
  const x = scaleLinear()
    .domain([0, Math.max(1, calls - 1)])
    .range([MARGIN.left, WIDTH - MARGIN.right])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<style>${STYLE}</style><rect width="100%" height="100%" fill="#fff"/>`,
    `<text class="title" x="${WIDTH / 2}" y="32" text-anchor="middle">${escapeXml(title)}</text>`,
    ...panels.map((panel, i) =>
      panelSvg(panel, x, MARGIN.top + i * (PANEL + MARGIN.between), i === panels.length - 1),
    ),
    `<text x="${MARGIN.left + INNER / 2}" y="${height - 12}" text-anchor="middle">calls, in the order of their creation</text>`,
    '</svg>\n',
  ].join('\n')
}
