import { basename } from 'node:path'
import { figureSvg } from '../measure/plot/figure-svg.ts'
import { plotPanels } from '../measure/plot/panels.ts'
import { readPlotCalls } from '../measure/plot/plot-calls.ts'
import type { PlotCommandOptions } from './plot.ts'
import { writeOutput } from './output-files.ts'

/** Draws the calls of a run, and gives what `switchix plot` says. Rejects with ArgumentError (BAD_ARGUMENT). */
export const plot = async (run: string, { out, title }: PlotCommandOptions): Promise<string> => {
  const svg = figureSvg(title ?? basename(run), plotPanels(await readPlotCalls(run)))
  if (out === undefined) return svg
  writeOutput('--out', out, svg)
  return `${out}\n`
}
