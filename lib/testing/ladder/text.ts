import type { LadderRows, Row } from './rows.ts'
import { fit, fitLabel, printable, widthOf } from './width.ts'

const TIME = 10
const NARROWEST = 24

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

const seconds = (t: number): string => (t / 1000).toFixed(3).padStart(TIME - 2) + '  '

/** The line of a row: an arrow from lane to lane with what is said in it, and the lifelines that it passes. */
const arrow = ({ from, to, label, kind }: Row, lanes: number, gap: number): string => {
  const [left, right] = [Math.min(from, to), Math.max(from, to)]
  const dash = kind === 'reply' ? '╌' : '─'
  const room = (right - left) * gap - 1
  const text = fitLabel(printable(label), room - 6)
  const inside = ` ${text} `
  const rest = room - widthOf(inside) - 1
  const body = dash.repeat(Math.max(1, rest >> 1)) + inside + dash.repeat(Math.max(1, rest - (rest >> 1)))
  const drawn = to > from ? `├${body}▶` : `│◀${body}`
  const before = ('│' + ' '.repeat(gap - 1)).repeat(left)
  const after = ('│' + ' '.repeat(gap - 1)).repeat(lanes - 1 - right).trimEnd()
  const end = to > from ? '│' : '┤'
  const space = after === '' ? '' : ' '.repeat(gap - 1) + after
  return before + drawn + end + space
}

/** The diagram as text, in so many columns; wider where the lanes need it. */
export const ladderText = ({ lanes, rows }: LadderRows, width = 100): string => {
  const gap = Math.max(NARROWEST, Math.floor((width - TIME - 1) / Math.max(1, lanes.length - 1 + 0.6)))
  const cell = (text: string): string => pad(fit(printable(text), gap - 1), gap)
  const depth = Math.max(...lanes.map(({ notes }) => notes.length))
  const head = [
    lanes.map(({ title }) => cell(title)).join(''),
    ...Array.from({ length: depth }, (_, i) => lanes.map(({ notes }) => cell(notes[i] ?? '')).join('')),
  ]
  return [
    ...head.map((line) => (' '.repeat(TIME) + line).trimEnd()),
    ...rows.map((row) => seconds(row.t) + arrow(row, lanes.length, gap)),
    '',
  ].join('\n')
}
