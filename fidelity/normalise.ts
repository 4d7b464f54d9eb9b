import type { Leg } from './legs.ts'

/** Header values that depend on the clock, on an address or on chance; their presence is compared, not their value. */
const VOLATILE =
  /^(?:Core-UUID|Event-(?:Date|Sequence|UUID)|FreeSWITCH-IPv|.*-Time$|.*-Time-|.*_u?epoch$|.*_stamp$|.*u?m?sec$|variable_u?m?duration$|Session-|Up-Time|Uptime|Idle-CPU|Heartbeat|variable_(?:rtp_audio_(?:in|out|rtcp)_|rtp_use_ssrc|.*_port$|.*_sdp|sip_(?:to|from)_tag|sip_call_id|sip_full_|sip_cseq|sip_invite_stamp|session_id|hold_events|playback_(?:last_offset_pos|seconds|ms|samples)|record_(?:seconds|ms|samples)|last_hold|hold_accum|conference_uuid|sip_history_info|sip_P-|sip_recover_via))/

/** Whether the value of a header is the same in every run, and so can be compared. */
export const isSteady = (name: string): boolean => !VOLATILE.test(name)

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g

/** An event in a body, in any of its formats: what varies in its headers varies here. */
const maskEvent = (text: string): string =>
  text.includes('Event-Name')
    ? text
        .replace(/^([\w-]+): .*$/gm, (all, name: string) => (isSteady(name) ? all : `${name}: <varies>`))
        .replace(/"([\w-]+)":"(?:[^"\\]|\\.)*"/g, (all, name: string) =>
          isSteady(name) ? all : `"${name}":"<varies>"`,
        )
        .replace(/<([\w-]+)>[^<]*<\/\1>/g, (all, name: string) =>
          isSteady(name) ? all : `<${name}><varies></${name}>`,
        )
    : text

/** Makes what does not depend on clock, uuid or address the same in every run: channels by their letter. */
export const normaliser = (legs: readonly Leg[]): ((text: string) => string) => {
  const names = new Map(legs.map(({ uuid, key }) => [uuid, `<${key}>`]))
  return (text) =>
    maskEvent(text)
      .replace(UUID, (uuid) => names.get(uuid) ?? '<uuid>')
      .replace(/\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?/g, '<date>')
      .replace(/\b1[5-9]\d{8}(?:\.?\d{3}|\.?\d{6})?\b/g, '<time>')
      .replace(
        /\d+ years?, \d+ days?, \d+ hours?, \d+ minutes?, \d+ seconds?, \d+ milliseconds?, \d+ microseconds?/g,
        '<up>',
      )
      .replace(/^(\d+) session\(s\) since startup$/m, '<n> session(s) since startup')
      .replace(/^\d+ session\(s\) - peak \d+, last 5min \d+ ?$/m, '<n> session(s)')
      .replace(/^\d+ session\(s\) per Sec out of max (\d+), peak \d+, last 5min \d+ ?$/m, '<n> per sec of $1')
      .replace(/^(min idle cpu )[\d.]+\/[\d.]+$/m, '$1<cpu>')
      .replace(/^(Current Stack Size\/Max ).*$/m, '$1<stack>')
      .replace(/^Event-Sequence: \d+$/gm, 'Event-Sequence: <n>')
      .replace(/^\+OK Added: \d+/m, '+OK Added: <task>')
      .replace(/(FreeSWITCH-IPv[46](?:: |>|":")|^local_ip_v[46]=)[^\n<"]+/gm, '$1<address>')
      .replace(/"((?:milli|micro)?seconds)":\d+/g, '"$1":<up>')
      .replace(/^(test \d+ sleep \d+) \d+$/gm, '$1 <measured>')
      .replace(/^avg \d+$/m, 'avg <measured>')
}
