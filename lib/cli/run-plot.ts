import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { figureSvg } from '../measure/plot/figure-svg.ts'
import { plotPanels } from '../measure/plot/panels.ts'
import { readPlotCalls } from '../measure/plot/plot-calls.ts'
import type { PlotCommandOptions } from './plot.ts'
import { cannotWrite } from './run-stores.ts'

/** Draws the calls of a run, and gives what `switchix plot` says. Rejects with ArgumentError (BAD_ARGUMENT). */
export const plot = async (run: string, { out, title }: PlotCommandOptions): Promise<string> => {
  const svg = figureSvg(title ?? basename(run), plotPanels(await readPlotCalls(run)))
  if (out === undefined) return svg
  await writeFile(out, svg).catch((error: unknown) => cannotWrite('--out', out, error))
  return `${out}\n`
}
