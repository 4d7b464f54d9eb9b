import type { Figures } from '../figures.ts'
import { html, type Markup } from './markup.ts'
import { figure } from './value.ts'

const tile = (label: string, value: Markup, below: Markup): Markup =>
  html`<div class="tile"><span class="label">${label}</span><span class="value">${value}</span><span class="below">${below}</span></div>` // prettier-ignore

/** The figures that one looks for first. */
export const tiles = (figures: Figures, peak: number | undefined): Markup => {
  const { offered, launched, dropped, answered, failed, callsPerSecond: rate, metrics, durationMs } = figures
  const msOf = (path: string): Figures['latencies'][number]['ms'] | undefined =>
    figures.latencies.find((each) => each.path === path)?.ms
  const [setup, pdd] = [msOf('latencyMs.setup'), metrics.pddMs]
  const bad = failed > 0 ? html`<span class="bad-text">${figure(failed, 'calls', 'failed')}</span>` : figure(failed, 'calls', 'failed') // prettier-ignore
  return html`<div class="tiles">
${tile('Calls launched', figure(launched, 'calls', 'launched'), offered === undefined ? html`in ${figure(durationMs, 's', 'durationMs')}` : html`of ${figure(offered, 'calls', 'offered')} offered, ${figure(dropped, 'calls', 'dropped')} dropped`)}
${tile('Rate achieved', html`${figure(rate.launched, 'calls/s', 'callsPerSecond.launched')}<small>/s</small>`, rate.offered === null ? html`calls per second` : html`of ${figure(rate.offered, 'calls/s', 'callsPerSecond.offered')} asked for`)}
${tile('Answered', figure(answered, 'calls', 'answered'), html`ASR ${figure(metrics.asr, 'share', 'metrics.asr')}`)}
${tile('Failed', bad, html`NER ${figure(metrics.ner, 'share', 'metrics.ner')}`)}
${tile('Set-up, p95', html`${figure(setup?.p95, 'ms', 'latencyMs.setup.p95')}<small> ms</small>`, html`p50 ${figure(setup?.p50, 'ms', 'latencyMs.setup.p50')}, p99 ${figure(setup?.p99, 'ms', 'latencyMs.setup.p99')}`)}
${tile('Post-dial delay, p95', html`${figure(pdd.p95, 'ms', 'metrics.pddMs.p95')}<small> ms</small>`, html`p50 ${figure(pdd.p50, 'ms', 'metrics.pddMs.p50')}, p99 ${figure(pdd.p99, 'ms', 'metrics.pddMs.p99')}`)}
${tile('Concurrent calls, peak', figure(peak, 'calls'), html`${figure(metrics.erlangs, 'erlangs', 'metrics.erlangs')} erlangs carried`)}
${tile('Call duration', figure(metrics.acdMs, 's', 'metrics.acdMs'), html`on average (ACD); run of ${figure(durationMs, 's', 'durationMs')}`)}
</div>` // prettier-ignore
}
