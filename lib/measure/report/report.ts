import { readAssets } from './html/assets.ts'
import { reportPage } from './html/page.ts'
import type { ReportRun } from './run.ts'

/** Makes reports. */
export interface Reporter {
  /** One HTML page of one run, or several: by itself, for a browser without any network. */
  page(runs: readonly ReportRun[]): string
}

/** Reads all that a page is made of, so that making one later takes nothing from the disk. */
export const createReporter = async (): Promise<Reporter> => {
  const assets = await readAssets()
  return { page: (runs) => reportPage(runs, assets) }
}
