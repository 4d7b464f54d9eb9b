import type { ReportRun } from '../run.ts'
import { hashOf, type Assets } from './assets.ts'
import { comparison } from './comparison.ts'
import { html, scriptData, trusted, type Markup } from './markup.ts'
import { runSection } from './run-section.ts'

const THEME_BUTTON = html`<button type="button" id="theme" title="light or dark" aria-label="light or dark">◐</button>` // prettier-ignore

/** Of several runs, what they came to side by side, and a way to each. */
const overview = (runs: readonly ReportRun[]): Markup =>
  runs.length < 2
    ? html``
    : html`<nav>${runs.map(({ name }, i) => html`<a href="#run-${i}">${name}</a>`)}</nav>
        ${comparison(runs)}`

/** The whole page: one file, which asks nobody for anything. */
export const reportPage = (runs: readonly ReportRun[], { style, scripts }: Assets): string => {
  const sections = runs.map((run, i) => runSection(run, `run-${i}`))
  // Whatever a caller was called: nothing runs but the scripts of ours, and nothing is loaded.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${scripts.map(hashOf).join(' ')}`
  const title = runs.length === 1 ? (runs[0]?.name ?? '') : `${runs.length} runs`
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} – switchix report</title>
<style>${trusted(style)}</style></head>
<body>
<header><span class="mark">switchix</span><h1>${title}</h1>${THEME_BUTTON}</header>
<noscript><p class="warning">The charts need JavaScript; the figures do not.</p></noscript>
<main>${overview(runs)}
${sections.map(({ markup }, i) => html`${runs.length > 1 ? html`<h1 class="run-name">${runs[i]?.name ?? ''}</h1>` : ''}${markup}`)}</main>
<dialog id="call"><form method="dialog"><button aria-label="close" title="close">✕</button></form><div class="call-body"></div></dialog>
<footer>Made by switchix. All times by the clock that each figure says; what a figure is, is said where the pointer stays on it.</footer>
<script type="application/json" id="charts">${scriptData(sections.flatMap(({ drawings }) => drawings))}</script>
${scripts.map((script) => html`<script>${trusted(script)}</script>\n`)}</body></html>
`.markup // prettier-ignore
}
