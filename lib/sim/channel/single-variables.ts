/**
 * Variables that only commands, dial strings and dialplans set, and that are looked for with every call: none of the
 * switch's own blocks has them, so they need not be looked for there.
 */
export const NEVER_IN_BLOCKS: readonly string[] = [
  'api_hangup_hook', 'call_timeout', 'current_application', 'current_application_data', 'current_application_response', 'DP_MATCH',
  'execute_on_answer', 'ignore_early_media', 'leg_timeout', 'originate_retry_sleep_ms', 'originate_signal_bond',
  'originate_timeout', 'origination_caller_id_name', 'origination_caller_id_number', 'origination_uuid', 'park_timeout',
  'playback_delimiter', 'playback_timeout_sec', 'return_ring_ready',
] // prettier-ignore

const NEVER = new Set(NEVER_IN_BLOCKS)

export const isNeverInBlocks = (name: string): boolean => NEVER.has(name)
