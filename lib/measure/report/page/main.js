import { sizeOf } from './axes.js'
import { listenToCalls, openCall } from './calls.js'
import { drawHeat } from './heat-chart.js'
import { drawSpectrum } from './spectrum-chart.js'
import { listenToTheme } from './theme.js'
import { drawTime } from './time-chart.js'

/** @param {HTMLElement} host @param {Drawing} drawing @returns {Plot} */
function draw(host, { group, span, chart }) {
  if (chart.kind === 'heat') return drawHeat(host, chart, { group, span })
  if (chart.kind === 'spectrum') return drawSpectrum(host, chart)
  return drawTime(host, chart, { group, span, open: openCall })
}

/** @type {Map<HTMLElement, Plot>} */
const plots = new Map()

/** Draws each chart in its place, or again after the theme has changed. */
function drawAll() {
  const data = document.querySelector('#charts')?.textContent ?? '[]'
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- a cast, which the rule does not see in JavaScript
  const charts = /** @type {Drawing[]} */ (JSON.parse(data))
  for (const drawing of charts) {
    const { group, chart } = drawing
    const host = document.getElementById(`${group}-${chart.id}`)
    if (!host) continue
    plots.get(host)?.destroy()
    host.replaceChildren()
    plots.set(host, draw(host, drawing))
  }
}

function fitAll() {
  for (const [host, plot] of plots) if (host.clientWidth > 0) plot.setSize(sizeOf(host))
}

/** Paper is white. */
function listenToPrinting() {
  /** @type {string | undefined} */
  let before
  addEventListener('beforeprint', () => {
    before = document.documentElement.dataset.theme
    document.documentElement.dataset.theme = 'light'
    document.documentElement.classList.add('printing')
    drawAll()
  })
  addEventListener('afterprint', () => {
    document.documentElement.classList.remove('printing')
    if (before === undefined) delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = before
    drawAll()
  })
}

drawAll()
listenToCalls()
listenToTheme(drawAll)
listenToPrinting()
addEventListener('resize', fitAll)
