import type { RunFile } from '../../measure/summary/run-summary.ts'

const rows = ({ written, unwritten }: RunFile): string =>
  `${written} row${written === 1 ? '' : 's'}${unwritten > 0 ? `, ${unwritten} not written` : ''}`

/** The files that a run has written, for people: those with rows, and how many those are, then the others. */
export const filesText = (withRows: readonly RunFile[], others: readonly string[]): string => {
  const files = [
    ...withRows.map((file) => [file.path, rows(file)] as const),
    ...others.map((path) => [path, ''] as const),
  ]
  if (files.length === 0) return ''
  const width = Math.max(...files.map(([path]) => path.length))
  const lines = files.map(([path, note]) => `    ${path.padEnd(width)}  ${note}`.trimEnd())
  return ['  files', ...lines, '', ''].join('\n')
}
