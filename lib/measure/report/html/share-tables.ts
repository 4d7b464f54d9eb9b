import type { RunSummary } from '../../summary/run-summary.ts'
import type { Causes } from '../collect/causes.ts'
import type { Group, Groups } from '../collect/groups.ts'
import { html, type Markup } from './markup.ts'
import { table } from './table.ts'
import { figure } from './value.ts'

const ratio = (part: number, of: number): number | null => (of > 0 ? part / of : null)

const groupRow = ({ name, calls, seizures, answers, talkMs, setup, timed }: Group): (Markup | string)[] => [
  name === '' ? html`<span class="dim">(none)</span>` : name,
  figure(calls, 'calls'),
  figure(answers, 'calls'),
  figure(calls - answers, 'calls'),
  figure(ratio(answers, seizures), 'share'),
  figure(setup.percentile(50), 'ms'),
  figure(setup.percentile(95), 'ms'),
  figure(setup.percentile(99), 'ms'),
  figure(setup.max, 'ms'),
  figure(ratio(talkMs, timed), 's'),
]

/** What the calls of each node, or each app, came to. */
export const groupTable = (title: string, { all }: Groups): Markup =>
  table(
    [
      { title },
      ...['Calls', 'Answered', 'Failed', 'ASR'].map((each) => ({ title: each, number: true })),
      ...['p50', 'p95', 'p99', 'max'].map((each) => ({
        title: each,
        number: true,
        hint: 'of the call set-up, in ms',
      })),
      { title: 'ACD', number: true },
    ],
    all.map(groupRow),
  )

/** What the summary says of the switches by itself. */
export const nodeTable = ({ nodes }: RunSummary): Markup =>
  table(
    [
      { title: 'Node' },
      ...['Launched', 'Answered', 'Failed'].map((title) => ({ title, number: true })),
      { title: '' },
    ],
    nodes.map(({ name, launched, answered, failed, connected }, i) => [
      name,
      figure(launched, 'calls', `nodes.${i}.launched`),
      figure(answered, 'calls', `nodes.${i}.answered`),
      figure(failed, 'calls', `nodes.${i}.failed`),
      connected ? '' : html`<span class="badge bad">lost</span>`,
    ]),
  )

const bar = (share: number): Markup =>
  html`<span class="bar"><i style="width:${(share * 100).toFixed(2)}%"></i></span>`

const statuses = (bySipStatus: ReadonlyMap<number, number>): string =>
  [...bySipStatus]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([status, count]) => `${status === 0 ? 'none' : status} × ${count.toLocaleString('en')}`)
    .join(', ')

/** Why calls ended: by the summary, with what the CDRs know beside it. */
export const causeTable = (counts: Readonly<Record<string, number>>, causes: Causes | undefined): Markup => {
  const all = Object.entries(counts)
  const sum = all.reduce((total, [, count]) => total + count, 0)
  const known = new Map(causes?.all.map((each) => [each.cause, each]))
  return table(
    [
      { title: 'Hangup cause' },
      { title: 'Q.850', number: true, hint: 'number of the cause; FreeSWITCH’s own above 127' },
      { title: 'Calls', number: true },
      { title: 'Share', number: true },
      { title: '' },
      { title: 'Final SIP answers', hint: 'to the INVITE of the caller’s leg' },
    ],
    all.map(([cause, count]) => [
      cause,
      String(known.get(cause)?.q850 ?? ''),
      figure(count, 'calls', `causes.${cause}`),
      figure(ratio(count, sum), 'share'),
      bar(count / sum),
      statuses(known.get(cause)?.bySipStatus ?? new Map()),
    ]),
  )
}
