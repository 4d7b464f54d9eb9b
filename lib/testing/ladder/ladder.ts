import type { Recording } from '../recording.ts'
import { ladderRows, type LadderRows } from './rows.ts'
import { escapeXml, ladderSvg } from './svg.ts'
import { ladderText } from './text.ts'

export interface LadderOptions {
  /** `text` for a terminal, `svg` a picture, `html` a page that needs nothing else. Default `text`. */
  readonly format?: 'text' | 'svg' | 'html' | undefined
  /** Columns of the terminal, for text. Default 100. */
  readonly width?: number | undefined
  /** With the events that say nothing new (CHANNEL_STATE, CODEC …), and what a client says for itself. Default false. */
  readonly all?: boolean | undefined
}

const html = (rows: LadderRows, { node, start }: Recording): string => {
  const title = escapeXml(`Calls on ${node}, ${new Date(start).toISOString()}`)
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    // Nothing in it may run or load anything, whatever a caller was called.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    '<style>body { margin: 1.5rem; font-family: system-ui, sans-serif } main { overflow-x: auto } h1 { font-size: 1.1rem }</style>',
    `</head><body><h1>${title}</h1><main>`,
    ladderSvg(rows) + '</main></body></html>\n',
  ].join('\n')
}

/** The sequence diagram of a recording: the controller, every leg, and what they said to each other, with its times. */
export const ladder = (recording: Recording, { format = 'text', width, all }: LadderOptions = {}): string => {
  const rows = ladderRows(recording, all)
  if (format === 'svg') return ladderSvg(rows)
  return format === 'html' ? html(rows, recording) : ladderText(rows, width)
}
