import { HANGUP_CAUSES, type KnownHangupCause } from '../../esl/hangup-causes.ts'

/** Hangup causes and SIP statuses, as mod_sofia turns the one into the other. */

const CAUSE_OF: Readonly<Partial<Record<number, KnownHangupCause>>> = {
  200: 'NORMAL_CLEARING',
  400: 'NORMAL_TEMPORARY_FAILURE',
  401: 'CALL_REJECTED',
  402: 'CALL_REJECTED',
  403: 'CALL_REJECTED',
  404: 'UNALLOCATED_NUMBER',
  405: 'SERVICE_UNAVAILABLE',
  406: 'SERVICE_NOT_IMPLEMENTED',
  407: 'CALL_REJECTED',
  408: 'RECOVERY_ON_TIMER_EXPIRE',
  410: 'NUMBER_CHANGED',
  415: 'SERVICE_NOT_IMPLEMENTED',
  428: 'NO_IDENTITY',
  429: 'BAD_IDENTITY_INFO',
  437: 'UNSUPPORTED_CERTIFICATE',
  438: 'INVALID_IDENTITY',
  480: 'NO_USER_RESPONSE',
  481: 'NORMAL_TEMPORARY_FAILURE',
  482: 'EXCHANGE_ROUTING_ERROR',
  483: 'EXCHANGE_ROUTING_ERROR',
  484: 'INVALID_NUMBER_FORMAT',
  485: 'NO_ROUTE_DESTINATION',
  486: 'USER_BUSY',
  487: 'ORIGINATOR_CANCEL',
  488: 'INCOMPATIBLE_DESTINATION',
  500: 'NORMAL_TEMPORARY_FAILURE',
  501: 'SERVICE_NOT_IMPLEMENTED',
  502: 'NETWORK_OUT_OF_ORDER',
  503: 'NORMAL_TEMPORARY_FAILURE',
  504: 'RECOVERY_ON_TIMER_EXPIRE',
  600: 'USER_BUSY',
  603: 'CALL_REJECTED',
  604: 'NO_ROUTE_DESTINATION',
  606: 'INCOMPATIBLE_DESTINATION',
  607: 'UNWANTED',
  608: 'CALL_REJECTED',
}
const INTERWORKING: ReadonlySet<number> = new Set([413, 414, 416, 420, 421, 423, 505, 513])

/** `sofia_glue_sip_cause_to_freeswitch` in `sofia_glue.c`. */
export const causeOfStatus = (status: number): KnownHangupCause =>
  CAUSE_OF[status] ?? (INTERWORKING.has(status) ? 'INTERWORKING' : 'NORMAL_UNSPECIFIED')

const STATUS_OF: Readonly<Partial<Record<KnownHangupCause, number>>> = {
  UNALLOCATED_NUMBER: 404,
  NO_ROUTE_TRANSIT_NET: 404,
  NO_ROUTE_DESTINATION: 404,
  USER_BUSY: 486,
  NO_USER_RESPONSE: 408,
  NO_ANSWER: 480,
  SUBSCRIBER_ABSENT: 480,
  CALL_REJECTED: 603,
  NUMBER_CHANGED: 410,
  REDIRECTION_TO_NEW_DESTINATION: 410,
  DESTINATION_OUT_OF_ORDER: 502,
  INVALID_PROFILE: 502,
  INVALID_NUMBER_FORMAT: 484,
  INVALID_URL: 484,
  INVALID_GATEWAY: 484,
  FACILITY_REJECTED: 501,
  NORMAL_UNSPECIFIED: 480,
  REQUESTED_CHAN_UNAVAIL: 503,
  NORMAL_CIRCUIT_CONGESTION: 503,
  NETWORK_OUT_OF_ORDER: 503,
  NORMAL_TEMPORARY_FAILURE: 503,
  SWITCH_CONGESTION: 503,
  GATEWAY_DOWN: 503,
  OUTGOING_CALL_BARRED: 403,
  INCOMING_CALL_BARRED: 403,
  BEARERCAPABILITY_NOTAUTH: 403,
  BEARERCAPABILITY_NOTAVAIL: 503,
  BEARERCAPABILITY_NOTIMPL: 488,
  INCOMPATIBLE_DESTINATION: 488,
  FACILITY_NOT_IMPLEMENTED: 501,
  SERVICE_NOT_IMPLEMENTED: 501,
  RECOVERY_ON_TIMER_EXPIRE: 504,
  ORIGINATOR_CANCEL: 487,
  EXCHANGE_ROUTING_ERROR: 483,
  BUSY_EVERYWHERE: 600,
  DECLINE: 603,
  REJECT_ALL: 603,
  DOES_NOT_EXIST_ANYWHERE: 604,
  NOT_ACCEPTABLE: 606,
  UNWANTED: 607,
  NO_IDENTITY: 428,
  BAD_IDENTITY_INFO: 429,
  UNSUPPORTED_CERTIFICATE: 437,
  INVALID_IDENTITY: 438,
  STALE_DATE: 403,
}

/** `hangup_cause_to_sip` in `mod_sofia.c`: 480 for what has no status of its own. */
export const statusOfCause = (cause: string): number => STATUS_OF[cause as KnownHangupCause] ?? 480

/** The number of a cause: Q.850 below 128, FreeSWITCH's own above. */
const NUMBER_OF: ReadonlyMap<string, number> = new Map(Object.entries(HANGUP_CAUSES))

export const numberOfCause = (cause: string): number => NUMBER_OF.get(cause) ?? 16

const NAME_OF: ReadonlyMap<number, KnownHangupCause> = new Map(
  (Object.entries(HANGUP_CAUSES) as [KnownHangupCause, number][]).map(([name, number]) => [number, name]),
)

/**
 * Names by themselves: what is read is a piece of a command, and V8 keeps one that was looked up in an object so that all
 * text it becomes a part of takes two bytes a character.
 */
const BY_NAME: ReadonlyMap<string, KnownHangupCause> = new Map(
  (Object.keys(HANGUP_CAUSES) as KnownHangupCause[]).map((name) => [name, name]),
)

/**
 * A cause by its name in any case, or its number, which is `UNKNOWN` where no cause has it; NORMAL_CLEARING for what is
 * neither (`switch_channel_str2cause`).
 */
export const readCause = (text: string): string => {
  const name = text.trim().toUpperCase()
  if (/^\d+$/.test(name)) return NAME_OF.get(Number(name)) ?? 'UNKNOWN'
  return BY_NAME.get(name) ?? 'NORMAL_CLEARING'
}
