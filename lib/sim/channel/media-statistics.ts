import type { Channel } from './channel.ts'
import { setBlock } from './variables.ts'

const ZEROS = (names: readonly string[], side: string): string =>
  names.map((name) => `\nvariable_rtp_audio_${side}_${name}: 0`).join('')

/** No audio is sent, so nothing was counted; a real switch has its numbers here (`switch_core_media_set_stats`). */
const STATISTICS =
  ZEROS(
    [
      'raw_bytes', 'media_bytes', 'packet_count', 'media_packet_count', 'skip_packet_count', 'jitter_packet_count',
      'dtmf_packet_count', 'cng_packet_count', 'flush_packet_count', 'largest_jb_size',
    ],
    'in',
  ) + // prettier-ignore
  `
variable_rtp_audio_in_jitter_min_variance: 0.00
variable_rtp_audio_in_jitter_max_variance: 0.00
variable_rtp_audio_in_jitter_loss_rate: 0.00
variable_rtp_audio_in_jitter_burst_rate: 0.00
variable_rtp_audio_in_mean_interval: 0.00
variable_rtp_audio_in_flaw_total: 0
variable_rtp_audio_in_quality_percentage: 100.00
variable_rtp_audio_in_mos: 4.50` +
  ZEROS(
    [
      'raw_bytes',
      'media_bytes',
      'packet_count',
      'media_packet_count',
      'skip_packet_count',
      'dtmf_packet_count',
      'cng_packet_count',
    ],
    'out',
  ) + // prettier-ignore
  ZEROS(['packet_count', 'octet_count'], 'rtcp')

const JITTER_TIMES = ['acceleration', 'expand', 'jitter_max', 'jitter']
const JITTER_RESETS = ['count', 'too_big', 'missing_frames', 'ts_jump', 'error']

/** What a jitter buffer has done: nothing, for packets are never late here. */
const jitterText = (ms: number): string =>
  `\nvariable_jitterbuffer_msec: ${ms}\nvariable_rtp_jb_max_ms: ${ms}\nvariable_rtp_jb_size_ms: ${ms}` +
  JITTER_TIMES.map((name) => `\nvariable_rtp_jb_${name}_ms: 0`).join('') +
  JITTER_RESETS.map((name) => `\nvariable_rtp_jb_reset_${name}: 0`).join('')

/** The statistics of a channel that had media. */
export const setMediaStatistics = (channel: Channel): void => {
  const times = channel.leg ? channel.caller?.times : undefined
  if (times && (times.answered > 0 || times.progressMedia > 0))
    setBlock(channel, STATISTICS + (channel.jitterMs > 0 ? jitterText(channel.jitterMs) : ''))
}
