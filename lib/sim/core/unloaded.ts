/** Something that a module has brought with it, and takes away when it is unloaded. */
export interface Loaded {
  readonly type: string
  readonly name: string
  /** What it is for and how it is called, of an application; its module, of a codec and a file format. */
  readonly details: readonly string[]
}

/** A line each: `type¦name¦details`; `⏎` stands for the end of a line in them. */
const read = (table: string): Loaded[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [type = '', name = '', ...details] = line.replaceAll('⏎', '\n').split('¦')
      return { type, name, details }
    })

/**
 * What the modules of FreeSWITCH 1.10.12, those of the recordings, unload when it shuts down, in their order, until
 * mod_event_socket itself is unloaded and nobody hears of the rest. First those before mod_sofia has taken its profiles
 * down.
 */
export const UNLOADED_FIRST: readonly Loaded[] = read(`
application¦db¦Insert to the db¦[insert|delete]/<realm>/<key>/<val>
application¦group¦Manage a group¦[insert|delete]:<group name>:<val>
api¦db
api¦group
limit¦db
dialplan¦XML
codec¦Speex¦CORE_SPEEX_MODULE
application¦esf_page_group
endpoint¦modem
codec¦ADPCM (IMA)¦mod_spandsp
codec¦G.726 16k (AAL2)¦mod_spandsp
codec¦G.726 16k¦mod_spandsp
codec¦G.726 24k (AAL2)¦mod_spandsp
codec¦G.726 24k¦mod_spandsp
codec¦G.726 32k (AAL2)¦mod_spandsp
codec¦G.726 32k¦mod_spandsp
codec¦G.726 40k (AAL2)¦mod_spandsp
codec¦G.726 40k¦mod_spandsp
codec¦G.722¦mod_spandsp
codec¦GSM¦mod_spandsp
codec¦LPC-10¦mod_spandsp
application¦t38_gateway¦Convert to T38 Gateway if tones are heard
application¦rxfax¦FAX Receive Application¦<filename>
application¦txfax¦FAX Transmit Application¦<filename>
application¦stopfax¦Stop FAX Application
application¦spandsp_stop_dtmf¦stop inband dtmf
application¦spandsp_start_dtmf¦Detect dtmf
application¦spandsp_stop_inject_tdd¦stop sending tdd
application¦spandsp_inject_tdd¦Send TDD data
application¦spandsp_stop_detect_tdd¦stop sending tdd
application¦spandsp_detect_tdd¦Detect TDD data
application¦spandsp_send_tdd¦Send TDD data
application¦spandsp_start_fax_detect¦start fax detect¦<app>[ <arg>][ <timeout>][ <tone_type>]
application¦spandsp_stop_fax_detect¦stop fax detect
application¦spandsp_start_tone_detect¦Start background tone detection with cadence¦<name>
application¦spandsp_stop_tone_detect¦Stop background tone detection with cadence
api¦spandsp_start_tone_detect
api¦spandsp_stop_tone_detect
api¦start_tdd_detect
api¦stop_tdd_detect
api¦uuid_send_tdd
file¦AAL2-G726-32¦mod_native_file
file¦DVI4¦mod_native_file
file¦PCMU¦mod_native_file
file¦G722¦mod_native_file
file¦AAL2-G726-24¦mod_native_file
file¦AAL2-G726-40¦mod_native_file
file¦L16¦mod_native_file
file¦G726-16¦mod_native_file
file¦PCMA¦mod_native_file
file¦G726-24¦mod_native_file
file¦AAL2-G726-16¦mod_native_file
file¦G726-32¦mod_native_file
file¦GSM¦mod_native_file
file¦G726-40¦mod_native_file
file¦LPC¦mod_native_file
endpoint¦loopback
endpoint¦null
application¦unloop¦Tell loopback to unfold
api¦console
file¦tone_stream¦mod_tone_stream
file¦silence_stream¦mod_tone_stream
codec¦PROXY VIDEO PASS-THROUGH¦CORE_PCM_MODULE
codec¦PROXY PASS-THROUGH¦CORE_PCM_MODULE
codec¦RAW Signed Linear (16 bit)¦CORE_PCM_MODULE
codec¦G.711 ulaw¦CORE_PCM_MODULE
codec¦G.711 alaw¦CORE_PCM_MODULE
application¦conference¦conference
application¦conference_set_auto_outcall¦conference_set_auto_outcall
api¦conference
chat¦conf
say¦en
application¦bert_test¦Start BERT Test
generic¦mod_logfile
endpoint¦sofia
endpoint¦rtp
application¦sofia_sla¦private sofia sla function¦<uuid>
application¦sofia_stir_shaken_vs¦Verify SIP Identity header and store result in sip_verstat channel variable
api¦sofia
api¦sofia_gateway_data
api¦sofia_username_of
api¦sofia_contact
api¦sofia_count_reg
api¦sofia_dig
api¦sofia_presence_data
json_api¦sofia.status¦sofia status JSON API
json_api¦sofia.status.info¦sofia status JSON API
chat¦sip
management¦1001
`)

/** And those behind it. */
export const UNLOADED_THEN: readonly Loaded[] = read(`
api¦local_stream
file¦local_stream¦mod_local_stream
endpoint¦error
endpoint¦group
endpoint¦user
endpoint¦pickup
dialplan¦inline
application¦blind_transfer_ack¦¦[true|false]
application¦bind_digit_action¦bind a key sequence or regex to an action¦<realm>,<digits|~regex>,<string>[,<value>][,<dtmf target leg>][,<event target leg>]
application¦capture¦capture data into a var¦<varname>|<data>|<regex>
application¦clear_digit_action¦clear all digit bindings¦<realm>|all[,target]
application¦digit_action_set_realm¦change binding realm¦<realm>[,<target>]
application¦privacy¦Set privacy on calls¦off|on|name|full|number
application¦set_audio_level¦set volume
application¦set_mute¦set mute
application¦flush_dtmf¦flush any queued dtmf
application¦hold¦Send a hold message¦[<display message>]
application¦unhold¦Send a un-hold message
application¦mutex¦block on a call flow only allowing one at a time¦<keyname>[ on|off]
application¦page¦¦<var1=val1,var2=val2><chan1>[:_:<chanN>]
application¦transfer¦Transfer a channel¦<exten> [<dialplan> <context>]
application¦check_acl¦Check an ip against an ACL list¦<ip> <acl | cidr> [<hangup_cause>]
application¦verbose_events¦Make ALL Events verbose.
application¦novideo¦Refuse Inbound Video
application¦cng_plc¦Do PLC on CNG frames
application¦early_hangup¦Enable early hangup
application¦sleep¦Pause a channel¦<pausemilliseconds>
application¦delay_echo¦echo audio at a specified delay¦<delay ms>
application¦strftime¦strftime¦[<epoch>|]<format string>
application¦phrase¦Say a Phrase¦<macro_name>,<data>
application¦eval¦Do Nothing
application¦set_media_stats¦Set Media Stats
application¦stop¦Do Nothing
application¦set_zombie_exec¦Enable Zombie Execution
application¦pre_answer¦Pre-Answer the call
application¦answer¦Answer the call
application¦wait_for_answer¦Wait for call to be answered
application¦wait_for_video_ready¦Wait for video stream to be ready¦[<ms, 1..10000>]
application¦hangup¦Hangup the call¦[<cause>]
application¦set_name¦Name the channel¦<name>
application¦presence¦Send Presence¦<rpid> <status> [<id>]
application¦log¦Logs to the logger¦<log_level> <log_string>
application¦info¦Display Call Info
application¦event¦Fire an event
application¦sound_test¦Analyze Audio
application¦export¦Export a channel variable across a bridge¦<varname>=<value>
application¦bridge_export¦Export a channel variable across a bridge¦<varname>=<value>
application¦set¦Set a channel variable¦<varname>=<value>
application¦multiset¦Set many channel variables¦[^^<delim>]<varname>=<value> <var2>=<val2>
application¦push¦Set a channel variable¦<varname>=<value>
application¦unshift¦Set a channel variable¦<varname>=<value>
application¦set_global¦Set a global variable¦<varname>=<value>
application¦set_profile_var¦Set a caller profile variable¦<varname>=<value>
application¦unset¦Unset a channel variable¦<varname>
application¦multiunset¦Unset many channel variables¦[^^<delim>]<varname> <var2> <var3>
application¦capture_text¦capture text
application¦acknowledge_call¦Indicate Call Acknowledged
application¦ring_ready¦Indicate Ring_Ready
application¦remove_bugs¦Remove media bugs¦[<function>]
application¦break¦Break
application¦detect_speech¦Detect speech¦<mod_name> <gram_name> <gram_path> [<addr>] OR grammar <gram_name> [<path>] OR nogrammar <gram_name> OR grammaron/grammaroff <gram_name> OR grammarsalloff OR pause OR resume OR start_input_timers OR stop OR param <name> <value>
application¦play_and_detect_speech¦Play and do speech recognition¦<file> detect:<engine> {param1=val1,param2=val2}<grammar>
application¦ivr¦Run an ivr menu¦<menu_name>
application¦redirect¦Send session redirect¦<redirect_data>
application¦video_refresh¦Send video refresh.¦[manual|auto]
application¦video_decode¦Set video decode.¦[[on|wait]|off]
application¦send_info¦Send info¦<info>
application¦jitterbuffer¦Send session jitterbuffer¦<jitterbuffer_data>
application¦send_display¦Send session a new display¦<text>
application¦respond¦Send session respond¦<respond_data>
application¦deflect¦Send call deflect¦<deflect_data>
application¦recovery_refresh¦Send call recovery_refresh
application¦reuse_caller_profile¦Reuse the caller profile
application¦queue_dtmf¦Queue dtmf to be sent¦<dtmf_data>
application¦send_dtmf¦Send dtmf to be sent¦<dtmf_data>
application¦sched_cancel¦cancel scheduled tasks¦[group]
application¦sched_hangup¦Schedule a hangup in the future¦[+]<time> [<cause>]
application¦sched_broadcast¦Schedule a broadcast in the future¦[+]<time> <path> [aleg|bleg|both]
application¦sched_transfer¦Schedule a transfer in the future¦[+]<time> <extension> <dialplan> <context>
application¦execute_extension¦Execute an extension¦<extension> <dialplan> <context>
application¦sched_heartbeat¦Enable Scheduled Heartbeat¦[0|<seconds>]
application¦enable_heartbeat¦Enable Media Heartbeat¦[0|<seconds>]
application¦filter_codecs¦Filter Codecs¦<codec string>
application¦enable_keepalive¦Enable Keepalive¦[0|<seconds>]
application¦media_reset¦Reset all bypass/proxy media flags
application¦mkdir¦Create a directory¦<path>
application¦rename¦Rename file¦<from_path> <to_path>
application¦transfer_vars¦Transfer variables¦<~variable_prefix|variable>
application¦soft_hold¦Put a bridged channel on hold¦<unhold key> [<moh_a>] [<moh_b>]
application¦bind_meta_app¦Bind a key to an application¦<key> [a|b|ab] [a|b|o|s|i|1] <app>
application¦unbind_meta_app¦Unbind a key from an application¦[<key>]
application¦block_dtmf¦Block DTMF
application¦unblock_dtmf¦Stop blocking DTMF
application¦intercept¦intercept¦[-bleg] <uuid>
application¦eavesdrop¦eavesdrop on a uuid¦[all | <uuid>]
application¦native_eavesdrop¦eavesdrop on a uuid¦<uuid> [read|write]
application¦three_way¦three way call with a uuid¦<uuid>
application¦set_user¦Set a User¦<user>@<domain> [prefix]
application¦stop_dtmf¦stop inband dtmf
application¦start_dtmf¦Detect dtmf
application¦stop_dtmf_generate¦stop inband dtmf generation¦[write]
application¦start_dtmf_generate¦Generate dtmf
application¦stop_tone_detect¦stop detecting tones
application¦fax_detect¦Detect faxes
application¦tone_detect¦Detect tones
application¦echo¦Echo
application¦park¦Park
application¦park_state¦Park State
application¦gentones¦Generate Tones¦<tgml_script>[|<loops>]
application¦playback¦Playback File¦<path>
application¦broadcast¦Broadcast File¦<path> <leg>
application¦endless_playback¦Playback File Endlessly¦<path>
application¦loop_playback¦Playback File looply¦[+loops] <path>
application¦att_xfer¦Attended Transfer¦<channel_url>
application¦read¦Read Digits¦<min> <max> <file> <var_name> <timeout> <terminators> <digit_timeout>
application¦play_and_get_digits¦Play and get Digits¦⏎	<min> <max> <tries> <timeout> <terminators> <file> <invalid_file> <var_name> <regexp> [<digit_timeout>] ['<failure_ext> [failure_dp [failure_context]]']
application¦stop_video_write_overlay¦Stop video write overlay¦<path>
application¦video_write_overlay¦Video write overlay¦<path> [<pos>] [<alpha>]
application¦stop_record_session¦Stop Record Session¦<path>
application¦record_session¦Record Session¦<path> [+<timeout>]
application¦record_session_mask¦Mask audio in recording¦<path>
application¦record_session_unmask¦Stop masking audio in recording¦<path>
application¦record_session_pause¦Pause recording¦<path>
application¦record_session_resume¦Resume paused recording¦<path>
application¦record¦Record File¦<path> [<time_limit_secs>] [<silence_thresh>] [<silence_hits>]
application¦preprocess¦pre-process
application¦stop_displace_session¦Stop Displace File¦<path>
application¦displace_session¦Displace File¦<path> [<flags>] [+time_limit_ms]
application¦speak¦Speak text¦<engine>|<voice>|<text>
application¦clear_speech_cache¦Clear Speech Handle Cache
application¦bridge¦Bridge Audio¦<channel_url>
application¦system¦Execute a system command¦<command>
application¦bgsystem¦Execute a system command in the background¦<command>
application¦say¦say¦<module_name>[:<lang>] <say_type> <say_method> [<say_gender>] <text>
application¦detect_audio¦detect_audio¦<threshold> <audio_hits> <timeout_ms> [<file>]
application¦detect_silence¦detect_silence¦<threshold> <silence_hits> <timeout_ms> [<file>]
application¦wait_for_silence¦wait_for_silence¦<silence_thresh> <silence_hits> <listen_hits> <timeout_ms> [<file>]
application¦session_loglevel¦session_loglevel¦<level>
application¦limit¦Limit¦<backend> <realm> <id> [<max>[/interval]] [number [dialplan [context]]]
application¦limit_hash¦Limit¦<realm> <id> [<max>[/interval]] [number [dialplan [context]]]
application¦limit_execute¦Limit¦<backend> <realm> <id> <max>[/interval] <application> [application arguments]
application¦limit_hash_execute¦Limit¦<realm> <id> <max>[/interval] <application> [application arguments]
application¦pickup¦Pickup¦[<key>]
application¦deduplicate_dtmf¦Prevent duplicate inband + 2833 dtmf¦[only_rtp]
application¦vad_test¦VAD test¦[mode]
application¦debug_media¦Debug Media¦<read|write|both|vread|vwrite|vboth|all> <on|off>
api¦strepoch
api¦page
api¦strmicroepoch
api¦chat
api¦strftime
api¦presence
file¦file_string¦mod_dptools
file¦file¦mod_dptools
chat¦event
chat¦api
application¦fifo¦Park with FIFO¦<fifo name>[!<importance_number>] [in [<announce file>|undef] [<music file>|undef] [early|noans] | out [wait|nowait] [<announce file>|undef] [<music file>|undef]]
application¦fifo_track_call¦Count a call as a fifo call in the manual_calls queue¦<fifo_outbound_uuid>
api¦fifo
api¦fifo_member
api¦fifo_add_outbound
api¦fifo_check_bridge
`)
