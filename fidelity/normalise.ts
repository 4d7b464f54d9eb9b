import type { Leg } from './legs.ts'
import { nameMembers } from './members.ts'

/** Headers that say which run it was: numbers and ids drawn in it, its address, its ports. Only their presence counts. */
const OF_THE_RUN =
  /^(?:Core-UUID|Event-(?:UUID|Sequence|Date-\w+)|FreeSWITCH-IPv[46]|Task-ID|(?:Member|New|Old)-ID|(?:variable_)?conference_member_id|(?:variable_)?(?:session_id|sip_(?:call_id|cseq|(?:to|from)_tag)|rtp_use_ssrc|(?:local|remote|advertised)_media_port|sip_(?:network|via|received|reply)_port|rtp_(?:local|remote)\w*_port))$/

/** Headers with what was measured: how long, how much sound, how many of everything a switch had since its start. */
const MEASURED =
  /^(?:(?:Session-(?:Count|Per-Sec-(?:Last|Max|FiveMin)|Since-Startup|Peak-\w+))|Up-?[Tt]ime(?:-msec)?|Idle-CPU|(?:variable_)?(?:rtp_audio_(?:in|out|rtcp)_\w+|\w*u?m?sec|u?m?duration|playback_(?:last_offset_pos|seconds|ms|samples)|record_(?:seconds|ms|samples|file_size|record_file_size)|hold_accum_\w+))$/

/** Headers that say when. Whether it was at all is compared: 0 stays 0. */
const WHEN = /(?:-Time|-Last-Hold|-Hold-Accum|_u?epoch|_stamp)$/

/** Whether the value of a header is the same in every run, or can be made so, and so can be compared. */
export const isSteady = (name: string): boolean => !OF_THE_RUN.test(name) && !MEASURED.test(name)

const percentDecoded = (text: string): string =>
  text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Headers with a session description in it, encoded once more where an event is a body. */
const SDP = /_sdp(?:_str)?$/

/** A session description without its session's numbers, the address that drew them, and its RTP ports. */
const maskSdp = (text: string): string =>
  percentDecoded(text)
    .replaceAll('\\r\\n', '\r\n')
    .replace(/^o=(\S+) \d+ \d+ IN IP4 \S+/m, 'o=$1 <id> <id> IN IP4 <address>')
    .replace(/^m=(\w+) (?!0 )\d+ /gm, 'm=$1 <port> ')
    .replace(/^a=(rtcp|ssrc):\d+/gm, 'a=$1:<id>')

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g

/** A header's value without what depends on clock, uuid or address. */
export const maskValue = (name: string, value: string): string => {
  if (!isSteady(name)) return '<varies>'
  if (WHEN.test(name)) return value === '0' || value === '' ? value : '<time>'
  return SDP.test(name) ? maskSdp(value) : value
}

/** An event in a body, in any of its formats: what varies in its headers varies here. */
const maskEvent = (text: string): string =>
  text.includes('Event-Name')
    ? text
        .replace(
          /^([\w-]+): (.*)$/gm,
          (_, name: string, value: string) => `${name}: ${maskValue(name, value)}`,
        )
        .replace(
          /"([\w-]+)":"((?:[^"\\]|\\.)*)"/g,
          (_, name: string, value: string) => `"${name}":"${maskValue(name, value)}"`,
        )
        .replace(
          /<([\w-]+)>([^<]*)<\/\1>/g,
          (_, name: string, value: string) => `<${name}>${maskValue(name, value)}</${name}>`,
        )
    : text

/** What is drawn or measured anew in every run, wherever it stands. */
const PASSING: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?/g, '<date>'],
  [/\b1[5-9]\d{8}(?:\.?\d{3}|\.?\d{6})?\b/g, '<time>'],
  [
    /\d+ years?, \d+ days?, \d+ hours?, \d+ minutes?, \d+ seconds?, \d+ milliseconds?, \d+ microseconds?/g,
    '<up>',
  ],
  // SIP's tags and branches.
  [/(?<=\b|%3B)(tag|branch)(=|%3D)[^;>\s"%<]+/g, '$1$2<id>'],
  // `status`: since when, how many, how busy, and the stack that the system gives.
  [/^(\d+) session\(s\) since startup$/m, '<n> session(s) since startup'],
  [/^\d+ session\(s\) - peak \d+, last 5min \d+ ?$/m, '<n> session(s)'],
  [/^\d+ session\(s\) per Sec out of max (\d+), peak \d+, last 5min \d+ ?$/m, '<n> per sec of $1'],
  [/^(min idle cpu )[\d.]+\/[\d.]+$/m, '$1<cpu>'],
  [/^(Current Stack Size\/Max ).*$/m, '$1<stack>'],
  [/"((?:milli|micro)?seconds)":\d+/g, '"$1":<up>'],
  // The scheduler's numbers go on from run to run.
  [/^\+OK Added: \d+/m, '+OK Added: <task>'],
  [/^(local_ip_v[46]=).+$/gm, '$1<address>'],
  // `time_test` measures the machine.
  [/^(test \d+ sleep \d+) \d+$/gm, '$1 <measured>'],
  [/^avg \d+$/m, 'avg <measured>'],
]

/** Makes what does not depend on clock, uuid or address the same in every run: channels by their key. */
export const normaliser = (legs: readonly Leg[], members: readonly string[]): ((text: string) => string) => {
  const names = new Map(legs.map(({ uuid, key }) => [uuid, `<${key}>`]))
  return (text) => {
    let result = maskEvent(text).replace(UUID, (uuid) => names.get(uuid) ?? '<uuid>')
    for (const [pattern, replacement] of PASSING) result = result.replace(pattern, replacement)
    return nameMembers(result, members)
  }
}
