import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** In the order in which they need each other. */
const SCRIPTS = [
  'format.js', 'theme.js', 'tooltip.js', 'axes.js', 'time-chart.js', 'heat-chart.js', 'spectrum-chart.js', 'calls.js',
  'main.js',
] // prettier-ignore

const page = (name: string): Promise<string> => readFile(new URL(`../page/${name}`, import.meta.url), 'utf8')

const library = createRequire(import.meta.url)

/** A module of the page as a part of one script: they share a scope, and so need no imports. */
const asPart = (module: string): string =>
  module.replace(/^import .*$\n/gm, '').replace(/^export (?=function|const)/gm, '')

/** What a page takes from files. */
export interface Assets {
  readonly style: string
  readonly scripts: readonly string[]
}

export const readAssets = async (): Promise<Assets> => {
  const uPlot = await readFile(library.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8')
  const uPlotStyle = await readFile(library.resolve('uplot/dist/uPlot.min.css'), 'utf8')
  const parts = await Promise.all(SCRIPTS.map(page))
  return {
    style: `${uPlotStyle}\n${await page('style.css')}`,
    scripts: [uPlot, `'use strict';\n{\n${parts.map(asPart).join('\n')}}`],
  }
}

/** How a Content-Security-Policy names a script: none but these runs. */
export const hashOf = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`
