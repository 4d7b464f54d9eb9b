import type { Kinds, RowOf } from '../../app/measure.ts'
import type { EslEvent } from '../../esl/event.ts'
import { causeNumber } from '../../esl/hangup-causes.ts'
import type { HeaderName } from '../../esl/header-names.ts'
import type { Session } from '../../model/session.ts'
import { noTimes } from '../../model/times.ts'

/**
 * What a CDR says of one leg. Stamps are the switch's own, in milliseconds since the epoch with its microseconds. The `rtp_`
 * columns are what FreeSWITCH counted of the sound (`set_stats` in `src/switch_core_media.c`); `in` is what came from the far
 * end. FreeSWITCH's MOS is its own estimate from flaws in the arrival of packets (`do_mos` in `src/switch_rtp.c`).
 */
export const LEG_COLUMNS = {
  uuid: 'text',
  create_ms: 'number',
  progress_ms: 'number',
  progress_media_ms: 'number',
  answer_ms: 'number',
  hangup_ms: 'number',
  cause: 'text',
  /** The number of the cause in Q.850, or FreeSWITCH's own above 127. */
  cause_q850: 'number',
  /** The final answer to the INVITE: 200 for a leg that was answered. */
  sip_status: 'number',
  /** Who ended it: `recv_bye`, `recv_cancel`, `recv_refuse` the far end; `send_…` the switch. */
  hangup_disposition: 'text',
  read_codec: 'text',
  write_codec: 'text',
  rtp_in_mos: 'number',
  rtp_in_quality_percent: 'number',
  rtp_in_packets: 'number',
  /** Times that a packet was due and none had come. */
  rtp_in_skipped_packets: 'number',
  rtp_in_flaws: 'number',
  rtp_in_jitter_min_variance: 'number',
  rtp_in_jitter_max_variance: 'number',
  rtp_in_jitter_loss_rate: 'number',
  rtp_in_jitter_burst_rate: 'number',
  rtp_in_mean_interval_ms: 'number',
  rtp_out_packets: 'number',
} as const satisfies Kinds

export type Leg = RowOf<typeof LEG_COLUMNS>

const numberOf = (text: string | undefined): number | undefined => {
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}

/** The channel's own stamp, which no event has to come for; where its last event is lacking, that of the event. */
const stamp = (
  event: EslEvent | undefined,
  header: HeaderName,
  time: number | undefined,
): number | undefined => {
  const us = numberOf(event?.get(header)) ?? 0
  return us > 0 ? us / 1000 : time
}

/** A leg that was answered may have been told other statuses later: of a transfer, of the other leg. */
const finalStatus = (event: EslEvent | undefined, answered: boolean): number | undefined =>
  answered
    ? 200
    : numberOf(
        event?.get('variable_sip_invite_failure_status') ??
          event?.get('variable_sip_term_status') ??
          /^sip:(\d{3})$/.exec(event?.get('variable_proto_specific_hangup_cause') ?? '')?.[1],
      )

/** Slices of an event's text keep all of it alive, and rows outlive their events. */
const copy = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : Buffer.from(text).toString()

/** How a leg went: all that metrics need of it. */
export type LegOutline = Pick<
  Leg,
  'create_ms' | 'progress_ms' | 'progress_media_ms' | 'answer_ms' | 'hangup_ms' | 'sip_status'
>

const NO_TIMES = noTimes()

/** How a leg that has ended went; all undefined where there was none. */
export const outlineOf = (session: Session | undefined): LegOutline => {
  // The last events of a channel carry all of its variables.
  const event = session?.history.at(-1)
  const times = session?.times ?? NO_TIMES
  const answer = stamp(event, 'Caller-Channel-Answered-Time', times.answer)
  return {
    create_ms: stamp(event, 'Caller-Channel-Created-Time', times.create),
    progress_ms: stamp(event, 'Caller-Channel-Progress-Time', times.progress),
    progress_media_ms: stamp(event, 'Caller-Channel-Progress-Media-Time', times.progressMedia),
    answer_ms: answer,
    hangup_ms: stamp(event, 'Caller-Channel-Hangup-Time', times.hangup),
    sip_status: session && finalStatus(event, answer !== undefined),
  }
}

/** What a leg that has ended came to; all undefined where there was none. */
export const legOf = (session: Session | undefined): Leg => {
  const event = session?.history.at(-1)
  const text = (header: HeaderName): string | undefined => copy(event?.get(header))
  const number = (header: HeaderName): number | undefined => numberOf(event?.get(header))
  const cause = session?.cause
  return {
    uuid: session?.uuid,
    ...outlineOf(session),
    cause,
    cause_q850: causeNumber(cause),
    hangup_disposition: text('variable_sip_hangup_disposition'),
    read_codec: text('Channel-Read-Codec-Name'),
    write_codec: text('Channel-Write-Codec-Name'),
    rtp_in_mos: number('variable_rtp_audio_in_mos'),
    rtp_in_quality_percent: number('variable_rtp_audio_in_quality_percentage'),
    rtp_in_packets: number('variable_rtp_audio_in_media_packet_count'),
    rtp_in_skipped_packets: number('variable_rtp_audio_in_skip_packet_count'),
    rtp_in_flaws: number('variable_rtp_audio_in_flaw_total'),
    rtp_in_jitter_min_variance: number('variable_rtp_audio_in_jitter_min_variance'),
    rtp_in_jitter_max_variance: number('variable_rtp_audio_in_jitter_max_variance'),
    rtp_in_jitter_loss_rate: number('variable_rtp_audio_in_jitter_loss_rate'),
    rtp_in_jitter_burst_rate: number('variable_rtp_audio_in_jitter_burst_rate'),
    rtp_in_mean_interval_ms: number('variable_rtp_audio_in_mean_interval'),
    rtp_out_packets: number('variable_rtp_audio_out_media_packet_count'),
  }
}
