/** What is the same on every event of a kind: its name, where in FreeSWITCH it comes from, what it tells of a channel. */
export interface Kind {
  readonly name: string
  readonly first: string
  /** Up to the number of the event, which follows it. */
  readonly origin: string
  /** Whether the channel's variables are on it (`switch_channel_event_set_extended_data` in `src/switch_channel.c`). */
  readonly variables: boolean
}

const kind = (name: string, file: string, fn: string, line: number, variables = false): Kind => ({
  name,
  first: `Event-Name: ${name}`,
  origin: `\nEvent-Calling-File: ${file}\nEvent-Calling-Function: ${fn}\nEvent-Calling-Line-Number: ${line}\nEvent-Sequence: `,
  variables,
})

/** An event of a module's own. */
const custom = (subclass: string, file: string, fn: string, line: number): Kind => ({
  ...kind('CUSTOM', file, fn, line),
  first: `Event-Subclass: ${encodeURIComponent(subclass)}\nEvent-Name: CUSTOM`,
})

const CHANNEL = 'switch_channel.c'
const SESSION = 'switch_core_session.c'
const MACHINE = 'switch_core_state_machine.c'
const BRIDGE = 'switch_ivr_bridge.c'
const BERT = 'mod_bert.c'

/** An event of any name that a client has sent. */
export const sentKind = (name: string): Kind =>
  kind(name, 'mod_event_socket.c', 'parse_command', 2275, name === 'CUSTOM' || WITH_VARIABLES.has(name))

/** An event that the application `event` makes; what it begins with is put together there. */
export const madeKind = (name: string, first: string): Kind => ({
  ...kind(name, 'mod_dptools.c', 'event_function', 1902, name === 'CUSTOM' || WITH_VARIABLES.has(name)),
  first,
})

/** Where each type of what modules bring with them is unloaded. */
const UNLOAD_LINES: Readonly<Record<string, number>> = {
  endpoint: 1126,
  codec: 1180,
  dialplan: 1198,
  application: 1240,
  api: 1297,
  json_api: 1329,
  file: 1361,
  chat: 1547,
  say: 1574,
  management: 1593,
  limit: 1611,
  generic: 1622,
}

/** MODULE_UNLOAD, of something of that type. */
export const unloadKind = (type: string): Kind =>
  kind(
    'MODULE_UNLOAD',
    'switch_loadable_module.c',
    'switch_loadable_module_unprocess',
    UNLOAD_LINES[type] ?? 0,
  )

const MAINTENANCE = 'conference::maintenance'
const conference = (file: string, fn: string, line: number): Kind => custom(MAINTENANCE, file, fn, line)

/** Files, functions and lines of FreeSWITCH 1.10.12, as in the recordings. */
export const KINDS = {
  outgoing: kind('CHANNEL_OUTGOING', SESSION, 'switch_core_session_outgoing_channel', 768),
  channelUuid: kind('CHANNEL_UUID', SESSION, 'switch_core_session_set_uuid', 2051, true),
  state: kind('CHANNEL_STATE', CHANNEL, 'switch_channel_perform_set_running_state', 2408),
  callState: kind('CHANNEL_CALLSTATE', CHANNEL, 'switch_channel_perform_set_callstate', 301),
  create: kind('CHANNEL_CREATE', MACHINE, 'switch_core_session_run', 626, true),
  originate: kind('CHANNEL_ORIGINATE', MACHINE, 'switch_core_session_run', 632, true),
  readCodec: kind('CODEC', 'switch_core_codec.c', 'switch_core_session_set_real_read_codec', 168),
  writeCodec: kind('CODEC', 'switch_core_codec.c', 'switch_core_session_set_write_codec', 450),
  otherReadCodec: kind('CODEC', 'switch_core_codec.c', 'switch_core_session_set_read_codec', 279),
  execute: kind('CHANNEL_EXECUTE', SESSION, 'switch_core_session_exec', 2944, true),
  uuidBridge: kind('CHANNEL_EXECUTE', BRIDGE, 'uuid_bridge_on_soft_execute', 1236, true),
  executeComplete: kind('CHANNEL_EXECUTE_COMPLETE', SESSION, 'switch_core_session_exec', 2967, true),
  park: kind('CHANNEL_PARK', 'switch_ivr.c', 'switch_ivr_park', 1002, true),
  unpark: kind('CHANNEL_UNPARK', 'switch_ivr.c', 'switch_ivr_park', 1213, true),
  answer: kind('CHANNEL_ANSWER', CHANNEL, 'switch_channel_perform_mark_answered', 3846, true),
  progress: kind('CHANNEL_PROGRESS', CHANNEL, 'switch_channel_perform_mark_ring_ready_value', 3505, true),
  progressMedia: kind(
    'CHANNEL_PROGRESS_MEDIA',
    CHANNEL,
    'switch_channel_perform_mark_pre_answered',
    3560,
    true,
  ),
  flipUpdate: kind('CALL_UPDATE', CHANNEL, 'switch_channel_flip_cid', 3277, true),
  sentUpdate: kind('CALL_UPDATE', 'mod_sofia.c', 'sofia_receive_message', 2100, true),
  heardUpdate: kind('CALL_UPDATE', 'sofia.c', 'sofia_update_callee_id', 1358, true),
  info: kind('RECV_INFO', 'sofia.c', 'create_info_event', 9721),
  hangup: kind('CHANNEL_HANGUP', CHANNEL, 'switch_channel_perform_hangup', 3445, true),
  hangupComplete: kind('CHANNEL_HANGUP_COMPLETE', MACHINE, 'switch_core_session_reporting_state', 943, true),
  destroy: kind('CHANNEL_DESTROY', SESSION, 'switch_core_session_perform_destroy', 1584, true),
  bridge: kind('CHANNEL_BRIDGE', BRIDGE, 'switch_ivr_multi_threaded_bridge', 1689, true),
  unbridge: kind('CHANNEL_UNBRIDGE', BRIDGE, 'switch_ivr_multi_threaded_bridge', 1879, true),
  playbackStart: kind('PLAYBACK_START', 'switch_ivr_play_say.c', 'switch_ivr_play_file', 1646, true),
  playbackStop: kind('PLAYBACK_STOP', 'switch_ivr_play_say.c', 'switch_ivr_play_file', 2020, true),
  dtmf: kind('DTMF', CHANNEL, 'switch_channel_dequeue_dtmf', 677),
  recordStart: kind('RECORD_START', 'switch_ivr_async.c', 'record_callback', 1481, true),
  recordStop: kind('RECORD_STOP', 'switch_ivr_async.c', 'send_record_stop_event', 1240, true),
  recordFileStart: kind('RECORD_START', 'switch_ivr_play_say.c', 'switch_ivr_record_file_event', 767, true),
  recordFileStop: kind('RECORD_STOP', 'switch_ivr_play_say.c', 'switch_ivr_record_file_event', 1030, true),
  mediaBugStart: kind('MEDIA_BUG_START', 'switch_core_media_bug.c', 'switch_core_media_bug_add', 1014, true),
  mediaBugStop: kind('MEDIA_BUG_STOP', 'switch_core_media_bug.c', 'switch_core_media_bug_destroy', 84, true),
  hold: kind('CHANNEL_HOLD', 'switch_ivr.c', 'switch_ivr_hold', 1558, true),
  unhold: kind('CHANNEL_UNHOLD', 'switch_ivr.c', 'switch_ivr_unhold', 1638, true),
  held: kind('CHANNEL_HOLD', CHANNEL, 'switch_channel_mark_hold', 875, true),
  unheld: kind('CHANNEL_UNHOLD', CHANNEL, 'switch_channel_mark_hold', 875, true),
  reinvite: custom('sofia::reinvite', 'sofia.c', 'sofia_handle_sip_i_state', 8489),
  bertTimeout: custom('mod_bert::timeout', BERT, 'bert_test_function', 246),
  bertLostSync: custom('mod_bert::lost_sync', BERT, 'bert_test_function', 294),
  bertInSync: custom('mod_bert::in_sync', BERT, 'bert_test_function', 313),
  conferenceCreate: conference('mod_conference.c', 'conference_new', 3848),
  conferenceDestroy: conference('mod_conference.c', 'conference_thread_run', 863),
  conferencePresence: kind('PRESENCE_IN', 'mod_conference.c', 'conference_send_presence', 3870),
  addMember: conference('conference_member.c', 'conference_member_add', 962),
  delMember: conference('conference_member.c', 'conference_member_del', 1355),
  floorChange: conference('conference_member.c', 'conference_member_set_floor_holder', 1158),
  muteMember: conference('conference_api.c', 'conference_api_sub_mute', 339),
  unmuteMember: conference('conference_api.c', 'conference_api_sub_unmute', 492),
  deafMember: conference('conference_api.c', 'conference_api_sub_deaf', 797),
  undeafMember: conference('conference_api.c', 'conference_api_sub_undeaf', 839),
  hupMember: conference('conference_api.c', 'conference_api_sub_hup', 871),
  kickMember: conference('conference_api.c', 'conference_api_sub_kick', 902),
  playFile: conference('conference_api.c', 'conference_api_sub_play', 2817),
  playFileMember: conference('conference_api.c', 'conference_api_sub_play', 2846),
  playFileDone: conference('conference_file.c', 'conference_file_close', 52),
  lockConference: conference('conference_api.c', 'conference_api_sub_lock', 3474),
  unlockConference: conference('conference_api.c', 'conference_api_sub_unlock', 3496),
  energyMember: conference('conference_api.c', 'conference_api_sub_energy', 1228),
  volumeInMember: conference('conference_api.c', 'conference_api_sub_volume_in', 1574),
  volumeOutMember: conference('conference_api.c', 'conference_api_sub_volume_out', 1609),
  dtmfMember: conference('conference_api.c', 'conference_api_sub_dtmf', 1049),
  broadcast: kind('COMMAND', 'switch_ivr_async.c', 'switch_ivr_broadcast', 5731),
  privateCommand: kind('PRIVATE_COMMAND', 'switch_ivr.c', 'switch_ivr_parse_next_event', 804),
  sessionHeartbeat: kind(
    'SESSION_HEARTBEAT',
    'switch_core_io.c',
    'switch_core_session_read_frame',
    157,
    true,
  ),
  channelData: kind('CHANNEL_DATA', 'mod_commands.c', 'uuid_dump_function', 6468, true),
  shutdown: kind('SHUTDOWN', 'switch_core.c', 'switch_core_destroy', 3023),
  shutdownRequested: kind('SHUTDOWN_REQUESTED', 'switch_core.c', 'switch_core_session_ctl', 2822),
  unpublish: kind('UNPUBLISH', 'sofia.c', 'sofia_profile_thread_run', 3552),
  connected: kind('CHANNEL_DATA', 'mod_event_socket.c', 'parse_command', 2021, true),
  api: kind('API', 'switch_loadable_module.c', 'switch_api_execute', 2954),
  backgroundJob: kind('BACKGROUND_JOB', 'mod_event_socket.c', 'api_exec', 1572),
  detectedTone: kind('DETECTED_TONE', 'switch_ivr_async.c', 'tone_detect_callback', 4270),
  reloadXml: kind('RELOADXML', 'switch_xml.c', 'switch_xml_open_root', 2385),
  heartbeat: kind('HEARTBEAT', 'switch_core.c', 'send_heartbeat', 95),
  reSchedule: kind('RE_SCHEDULE', 'switch_scheduler.c', 'switch_scheduler_execute', 73),
  addSchedule: kind('ADD_SCHEDULE', 'switch_scheduler.c', 'switch_scheduler_add_task_ex', 266),
  delSchedule: kind('DEL_SCHEDULE', 'switch_scheduler.c', 'task_thread_loop', 151),
} as const

const WITH_VARIABLES: ReadonlySet<string> = new Set(
  Object.values(KINDS).flatMap(({ name, variables }) => (variables ? [name] : [])),
)
