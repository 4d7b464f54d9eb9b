import { whyNotValid } from '../../summary/health.ts'
import { shortcomingsOf } from '../../summary/outcome-text.ts'
import type { RunSummary } from '../../summary/run-summary.ts'
import { html, type Markup } from './markup.ts'
import { table } from './table.ts'
import { figure } from './value.ts'

export interface Verdict {
  readonly kind: 'good' | 'bad' | 'plain'
  readonly title: string
  /** What led to it. */
  readonly reasons: readonly string[]
}

const OUTCOMES: Partial<Record<RunSummary['outcome'], string>> = {
  running: 'Not ended',
  interrupted: 'Interrupted',
  lost: 'A switch was lost',
  unreachable: 'Not run: the switch could not be reached',
  failed: 'Ended by an error',
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** What one wants to know first: whether the run says anything, and whether it kept to what was asked of it. */
export const verdictOf = (summary: RunSummary | undefined): Verdict => {
  if (!summary)
    return { kind: 'plain', title: 'Calls only', reasons: ['Without its summary, a run has no thresholds, and nobody knows whether it is valid.'] } // prettier-ignore
  const { health, thresholds, nodes } = summary
  const broken = thresholds.filter(({ ok }) => !ok)
  const lost = nodes.filter(({ connected }) => !connected).map(({ name }) => `${name} was lost.`)
  const shortcomings = shortcomingsOf(summary).map(sentence)
  const ended = OUTCOMES[summary.outcome]
  if (ended !== undefined) return { kind: 'bad', title: ended, reasons: [...shortcomings, ...(health.valid ? [] : health.reasons), ...lost] } // prettier-ignore
  if (shortcomings.length > 0)
    return { kind: 'bad', title: 'Not whole: rows of it are in no file', reasons: shortcomings }
  if (!health.valid)
    return { kind: 'bad', title: `Not valid: ${whyNotValid(health)}`, reasons: [...health.reasons, ...lost] } // prettier-ignore
  if (broken.length > 0) {
    const title = `Failed: ${broken.length} of ${thresholds.length} ${thresholds.length === 1 ? 'threshold' : 'thresholds'} not kept`
    return { kind: 'bad', title, reasons: lost }
  }
  if (lost.length > 0) return { kind: 'bad', title: 'A switch was lost', reasons: lost }
  if (thresholds.length === 0)
    return { kind: 'plain', title: 'Valid', reasons: ['No thresholds were set; calls were placed in time.'] } // prettier-ignore
  const all =
    thresholds.length === 1 ? 'The threshold was kept' : `All ${thresholds.length} thresholds were kept`
  return { kind: 'good', title: `Passed: ${all.toLowerCase()}`, reasons: [] }
}

export const verdictBox = (summary: RunSummary | undefined): Markup => {
  const { kind, title, reasons } = verdictOf(summary)
  return html`<div class="verdict ${kind}">
    <b>${title}</b>${reasons.map((each) => html`<p>${each}</p>`)}
  </div>`
}

const unitOf = (threshold: string): 'calls' | 'ms' | 'share' | '' => {
  if (/^\s*(offered|launched|dropped|answered|failed)\b/.test(threshold)) return 'calls'
  if (/^\s*(asr|abr|ner|ser|seer|scr|isa)\b/.test(threshold)) return 'share'
  return /^\s*(\w+\.|acd\b)/.test(threshold) ? 'ms' : ''
}

export const thresholdTable = ({ thresholds }: RunSummary): Markup =>
  table(
    [{ title: 'Threshold' }, { title: 'It was', number: true }, { title: '' }],
    thresholds.map(({ threshold, value, ok }, i) => {
      const unit = unitOf(threshold)
      return [
        html`<code>${threshold}</code>`,
        html`${figure(value, unit, `thresholds.${i}.value`)}${unit === 'ms' && value !== null ? ' ms' : ''}`,
        html`<span class="badge ${ok ? 'good' : 'bad'}">${ok ? 'kept' : 'not kept'}</span>`,
      ]
    }),
  )
