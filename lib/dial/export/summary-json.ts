import type { RunSummary } from '../../measure/summary/run-summary.ts'

/** A list of numbers that JSON.stringify has put on lines of their own. */
const NUMBERS = /\[\n\s+(?:(?:[-+.\deE]+|null)(?:,\n\s+)?)+\n\s+\]/g

/** The summary as JSON, for people too: a column of the timeline is one line. */
export const summaryJson = (summary: RunSummary): string =>
  `${JSON.stringify(summary, null, 2).replace(NUMBERS, (list) => list.replace(/\n\s+/g, ' ').replace('[ ', '[').replace(/ \]$/, ']'))}\n`
