import { CommandError } from '../errors.ts'
import type { EslEvent } from '../esl/event.ts'
import type { Session } from '../model/session.ts'
import type { ClientApp } from '../service/client.ts'
import { createLatest } from './latest.ts'
import { choice, duration, flag, number, text, type OptionTable } from './options/option.ts'
import { readOptions } from './options/read-options.ts'
import { untilParked } from './until-parked.ts'

export interface BertOptions {
  /** Whether the callee runs the test, too. Default false: it echoes, and the caller hears its own pattern. */
  readonly twoSided?: boolean
  /** What the callee says before it answers. Default `none`. */
  readonly ringResponse?: 'ringReady' | 'preAnswer' | 'none'
  /** How long it waits before it says that, in ms. Default 0. */
  readonly postDialDelay?: number
  /** How long it waits between that and the answer, in ms. Default 0. */
  readonly postResponseDelay?: number
  /** How long a leg may take to be in sync for the first time, in ms (`bert_timeout_ms`). Default 3000. */
  readonly timeout?: number
  /** Whether a leg that is not in sync hangs up, with MEDIA_TIMEOUT (`bert_hangup_on_error`). Default true. */
  readonly hangupOnError?: boolean
  /** From how many per cent of wrong samples on a leg is out of sync (`bert_max_err`). Default 30. */
  readonly maxErrors?: number
  /** The timer that paces what is sent, so that it does not depend on what comes (`bert_timer_name`). Default `soft`. */
  readonly timerName?: string
}

export const BERT_OPTIONS: OptionTable<BertOptions> = {
  twoSided: flag(false, 'whether the callee runs the test, too; else it echoes'),
  ringResponse: choice(['ringReady', 'preAnswer', 'none'], 'none', 'what the callee says before it answers'),
  postDialDelay: duration(0, 'how long it waits before it says that'),
  postResponseDelay: duration(0, 'how long it waits between that and the answer'),
  timeout: duration(3000, 'how long a leg may take to be in sync for the first time', { min: 1 }),
  hangupOnError: flag(true, 'whether a leg that is not in sync hangs up, with MEDIA_TIMEOUT'),
  maxErrors: number(30, 'from how many per cent of wrong samples on a leg is out of sync', 0, 100),
  timerName: text('soft', 'the timer that paces what is sent'),
}

/** How many calls came to it; each counts once, whichever of its legs it was, and however often. */
export interface BertCounts {
  readonly inSync: number
  readonly lostSync: number
  readonly timedOut: number
}

/** A leg that lost its sync or never had it. Without statistics where it never had. */
export interface BertFailure {
  readonly event: 'lost_sync' | 'timeout'
  /** `host:port` of the switch that it is on. */
  readonly node: string
  readonly uuid: string
  /** Wrong samples in the window that was one too many, in per cent and in number. */
  readonly percent?: number
  readonly errSamples?: number
  /** How often this leg has lost it. */
  readonly lostCount?: number
  /** Frames of comfort noise since it was last in sync. */
  readonly cngCount?: number
}

/** The app, and what it has found so far, on all the switches that it is loaded on. */
export interface BertApp extends ClientApp {
  readonly counts: BertCounts
  /** The latest 1000. */
  readonly failures: readonly BertFailure[]
}

/** mod_bert sets it on the leg that lost its sync; the app sets it on the other one. */
const SYNC_LOST = 'bert_stats_sync_lost'

/** The channel itself sleeps: by the switch's clock, in its turn, and no longer than the call. */
const pause = async (sess: Session, ms: number): Promise<void> => {
  if (ms > 0) await sess.execute('sleep', String(Math.round(ms)))
}

/** Fails where the test did not even begin, for then nothing of it would ever be heard. */
const requireBegun = (sess: Session, complete: EslEvent): void => {
  if (complete.get(`variable_${SYNC_LOST}`) === undefined)
    throw new CommandError(
      'bert_test',
      'it did not begin: it needs the codec PCMU, and a timer of that name',
      sess.uuid,
    )
}

const statistics = (event: Pick<EslEvent, 'get'>): Omit<BertFailure, 'event' | 'node' | 'uuid'> => ({
  percent: Number(event.get('sync_lost_percent')),
  errSamples: Number(event.get('err_samples')),
  lostCount: Number(event.get('sync_lost_count')),
  cngCount: Number(event.get('cng_count')),
})

/**
 * Bit error rate test (FreeSWITCH's `mod_bert`): one leg sends a digital milliwatt, and compares what comes back with
 * it, sample by sample; so a load of calls tells whether their sound gets through, not their signalling only. Offer
 * nothing but PCMU where the profile would choose another codec: `vars: { absolute_codec_string: 'PCMU' }`.
 */
export const bert = (options: BertOptions = {}): BertApp => {
  const { twoSided, ringResponse, postDialDelay, postResponseDelay, ...test } = readOptions(
    'Bert',
    BERT_OPTIONS,
    options,
  )
  const counts = { inSync: 0, lostSync: 0, timedOut: 0 }
  const counted = {
    inSync: new WeakSet(),
    lostSync: new WeakSet(),
    timedOut: new WeakSet(),
  }
  const failures = createLatest<BertFailure>()
  const vars = {
    bert_timeout_ms: test.timeout,
    bert_hangup_on_error: test.hangupOnError,
    bert_max_err: test.maxErrors,
    bert_timer_name: test.timerName,
  }

  /** Says whether it was the first time for this call. */
  const count = (what: keyof BertCounts, { call: { vars } }: Session): boolean => {
    if (counted[what].has(vars)) return false
    counted[what].add(vars)
    counts[what]++
    return true
  }

  return {
    name: 'Bert',
    counts,
    failures: failures.items,
    async prepost({ client }) {
      // Where the switch does not tell what it has, the first call will.
      const known = await client.api('show application').catch(() => '')
      if (known.startsWith('name,') && !/^bert_test,/m.test(known))
        throw new Error(`${client.name} has no application bert_test; load its module: load mod_bert`)
    },
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound' || sess.answered) return
        await pause(sess, postDialDelay)
        if (ringResponse !== 'none') await sess[ringResponse]()
        await pause(sess, postResponseDelay)
        await sess.answer()
      },
      async CHANNEL_ANSWER(sess) {
        if (sess.direction === 'inbound' && !twoSided) {
          await sess.echo()
          return
        }
        if (sess.direction === 'outbound') await untilParked(sess)
        await sess.setVars(vars)
        requireBegun(sess, await sess.execute('bert_test'))
      },
      'mod_bert::in_sync'(sess) {
        count('inSync', sess)
      },
      async 'mod_bert::lost_sync'(sess, event) {
        const { node, uuid, peer } = sess
        failures.add({ event: 'lost_sync', node, uuid, ...statistics(event) })
        if (count('lostSync', sess)) await peer?.setVar(SYNC_LOST, true)
      },
      'mod_bert::timeout'(sess) {
        const { node, uuid } = sess
        failures.add({ event: 'timeout', node, uuid })
        count('timedOut', sess)
      },
    },
  }
}
