/**
 * Variables that are looked for with every call, and that commands, dial strings and dialplans set, or the switch as parts
 * of their own: no block of several has them, so they need not be looked for there.
 */
export const NEVER_IN_BLOCKS: readonly string[] = [
  'api_hangup_hook', 'call_timeout', 'current_application', 'current_application_data', 'current_application_response', 'DP_MATCH',
  'execute_on_answer', 'ignore_early_media', 'leg_timeout', 'max_forwards', 'originate_retry_sleep_ms', 'originate_signal_bond',
  'originate_timeout', 'origination_caller_id_name', 'origination_caller_id_number', 'origination_uuid', 'park_timeout',
  'playback_delimiter', 'playback_timeout_sec', 'proto_specific_hangup_cause', 'return_ring_ready', 'signal_bond',
] // prettier-ignore

const NEVER = new Set(NEVER_IN_BLOCKS)

/** Headers of the INVITE are parts of their own too. */
export const isNeverInBlocks = (name: string): boolean => NEVER.has(name) || name.startsWith('sip_h_')
