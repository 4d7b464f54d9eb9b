import type { LadderRows, Lane, Row } from './rows.ts'
import { fit, fitLabel, printable } from './width.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for XML and HTML: without what would be markup, and without what XML 1.0 does not allow. */
export const escapeXml = (text: string): string =>
  printable(text)
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
    .replace(
      /[\ud800-\udfff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g,
      '\ufffd',
    )

const TIME = 80
const GAP = 300
const TOP = 74
const STEP = 26
/** What a character of the font is wide, about. */
const CHARACTER = 6.7

const STYLE = `
  .ladder { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; --ink: #1b1f24; --dim: #6a737d; --line: #c9d1d9; --event: #0969da; --command: #1a7f37; --reply: #9a6700; --paper: #ffffff; }
  @media (prefers-color-scheme: dark) { .ladder { --ink: #e6edf3; --dim: #8b949e; --line: #3d444d; --event: #58a6ff; --command: #3fb950; --reply: #d29922; --paper: #0d1117; } }
  .ladder .paper { fill: var(--paper); } .ladder text { fill: var(--ink); } .ladder .dim { fill: var(--dim); } .ladder .title { font-weight: 600; font-size: 13px; }
  .ladder .life { stroke: var(--line); } .ladder .label { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
  .ladder .event { stroke: var(--event); fill: var(--event); } .ladder .command { stroke: var(--command); fill: var(--command); } .ladder .reply { stroke: var(--reply); fill: var(--reply); stroke-dasharray: 4 3; }
`

const xOf = (lane: number): number => TIME + 20 + lane * GAP

const laneSvg = ({ title, notes }: Lane, index: number, height: number): string => {
  const x = xOf(index)
  // No wider than the way to the next lane, which the last one has at its right, too: a uuid is.
  const room = Math.floor((GAP - 6) / CHARACTER)
  const lines = notes.map(
    (note, i) =>
      `<text class="dim" x="${x}" y="${36 + i * 14}">${escapeXml(fit(printable(note), room))}</text>`,
  )
  return (
    `<text class="title" x="${x}" y="20">${escapeXml(title)}</text>${lines.join('')}` +
    `<line class="life" x1="${x}" x2="${x}" y1="${TOP - 14}" y2="${height - 8}"/>`
  )
}

/** As much as fits beside an arrow of so many units. */
const shorten = (text: string, room: number): string =>
  fitLabel(printable(text), Math.floor(room / CHARACTER))

const rowSvg = ({ t, kind, from, to, label }: Row, index: number): string => {
  const y = TOP + 12 + index * STEP
  const [start, end] = [xOf(from), xOf(to)]
  const back = end > start ? -7 : 7
  const room = Math.abs(end - start) - 16
  return (
    `<g><title>${escapeXml(`${(t / 1000).toFixed(3)} s: ${label}`)}</title>` +
    `<text class="dim" x="8" y="${y + 3}">${(t / 1000).toFixed(3)}</text>` +
    `<line class="${kind}" x1="${start}" x2="${end}" y1="${y}" y2="${y}"/>` +
    `<path class="${kind}" stroke-dasharray="none" d="M${end} ${y}l${back} -4v8z"/>` +
    `<text class="label" text-anchor="middle" x="${(start + end) / 2}" y="${y - 4}">${escapeXml(shorten(label, room))}</text></g>`
  )
}

/** The diagram as SVG: a picture by itself, light or dark as its reader's system is. */
export const ladderSvg = ({ lanes, rows }: LadderRows): string => {
  const width = xOf(lanes.length)
  const height = TOP + 24 + rows.length * STEP
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="ladder" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="sequence diagram of a call">`,
    `<style>${STYLE}</style><rect class="paper" width="100%" height="100%"/>`,
    ...lanes.map((lane, i) => laneSvg(lane, i, height)),
    ...rows.map(rowSvg),
    '</svg>\n',
  ].join('\n')
}
