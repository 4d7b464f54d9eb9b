import type { CallDetailRecord } from '../../cdr/cdr.ts'
import { ladderSvg } from '../../../testing/ladder/svg.ts'
import { callTimesOf } from '../collect/call-times.ts'
import type { NotedCall } from '../collect/noted-calls.ts'
import { cdrLadder } from '../calls/cdr-ladder.ts'
import { html, trusted, type Markup } from './markup.ts'
import { table } from './table.ts'
import { figure } from './value.ts'

const since = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.round((to - from) * 1000) / 1000

/** A clock that went back between the two gives no duration. */
const lasting = (from: number | undefined, to: number | undefined): number | undefined => {
  const ms = since(from, to)
  return ms !== undefined && ms >= 0 ? ms : undefined
}

/** The number of a call on the page. */
export type CallId = (call: NotedCall) => string

export const callTable = (calls: readonly NotedCall[], startMs: number, id: CallId): Markup =>
  table(
    [
      { title: 'Call' },
      { title: 'At', number: true, hint: 'when it was launched, in s since the start of the run' },
      { title: 'Set-up, ms', number: true },
      { title: 'Talk', number: true, hint: 'from answer to hangup' },
      { title: 'Hangup cause' },
      { title: 'SIP', number: true, hint: 'final answer to the INVITE' },
      { title: 'App' },
      { title: 'Node' },
    ],
    calls.map(({ cdr }, i) => [
      html`<button type="button" class="link" title="${cdr.call_uuid}">
        ${cdr.call_uuid.slice(0, 8) || String(i + 1)}
      </button>`,
      figure(since(startMs, callTimesOf(cdr)?.launch), 's'),
      figure(lasting(cdr.caller_create_ms, cdr.caller_answer_ms), 'ms'),
      figure(lasting(cdr.caller_answer_ms, cdr.caller_hangup_ms), 's'),
      cdr.hangup_cause,
      String(cdr.caller_sip_status ?? '–'),
      cdr.app,
      cdr.node,
    ]),
    (row) => html` data-call="${id(calls[row] as NotedCall)}"`,
  )

const LEGS = ['caller', 'callee'] as const

const FACTS = ['uuid', 'cause', 'sip_status', 'hangup_disposition', 'read_codec', 'write_codec', 'rtp_in_mos', 'rtp_in_packets', 'rtp_in_skipped_packets', 'rtp_in_jitter_max_variance', 'rtp_out_packets'] as const // prettier-ignore

const facts = (cdr: CallDetailRecord): Markup =>
  table(
    [{ title: '' }, { title: 'caller' }, { title: 'callee' }],
    FACTS.filter((name) => LEGS.some((leg) => cdr[`${leg}_${name}`] !== undefined)).map((name) => [
      html`<span class="dim">${name.replaceAll('_', ' ')}</span>`,
      ...LEGS.map((leg) => String(cdr[`${leg}_${name}`] ?? '–')),
    ]),
  )

const WHY = {
  slow: 'One of the slowest to be set up.',
  failed: 'Never answered.',
  'broken off': 'Answered, and ended for no reason that calls end for.',
} as const

/** What is shown of a call that was clicked; inert until then. */
export const callTemplate = (call: NotedCall, id: string): Markup => {
  const { cdr, why, events } = call
  const source = events
    ? 'The events of its legs, as they came.'
    : 'By the stamps of its CDR; its events were not kept.'
  return html`<template id="${id}"
    ><h2>Call ${cdr.call_uuid}</h2>
    <p>
      <b>${cdr.hangup_cause}</b> on ${cdr.node}, app ${cdr.app}. ${WHY[why]}
      <span class="dim">${source}</span>
    </p>
    <div class="scroll">${trusted(ladderSvg(events ?? cdrLadder(cdr)))}</div>
    ${facts(cdr)}</template
  >`
}
