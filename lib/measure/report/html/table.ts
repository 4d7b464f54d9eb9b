import { html, type Markup } from './markup.ts'

export interface Column {
  readonly title: string
  /** What it is, for who stays on it with the pointer. */
  readonly hint?: string
  /** Numbers stand at the right. */
  readonly number?: boolean
}

export const table = (
  columns: readonly Column[],
  rows: readonly (readonly (Markup | string)[])[],
  attributes: (row: number) => Markup | undefined = () => undefined,
): Markup => html`<div class="scroll"><table${columns.length > 3 ? html` class="many"` : ''}>
<thead><tr>${columns.map(({ title, hint, number }) => html`<th${number ? html` class="number"` : ''}${hint === undefined ? '' : html` title="${hint}"`}>${title}</th>`)}</tr></thead>
<tbody>
${rows.map((cells, i) => html`<tr${attributes(i) ?? ''}>${cells.map((cell, at) => html`<td data-title="${columns[at]?.title ?? ''}"${columns[at]?.number ? html` class="number"` : ''}>${cell}</td>`)}</tr>\n`)}</tbody></table></div>` // prettier-ignore

/** `name`: the class by which its parts are found; `wide`: across the page. */
export const section = (
  name: string,
  title: string,
  content: Markup,
  { hint, wide = false }: { readonly hint?: string; readonly wide?: boolean } = {},
): Markup =>
  html`<section class="card ${name}${wide ? ' wide' : ''}"><h3>${title}</h3>${hint === undefined ? '' : html`<p class="note">${hint}</p>`}${content}</section>` // prettier-ignore
