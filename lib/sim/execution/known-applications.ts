/** An application as `show application` lists it. */
export interface KnownApplication {
  readonly name: string
  readonly module: string
  readonly description: string
  readonly syntax: string
}

/**
 * The applications of FreeSWITCH 1.10.12 and its usual modules, as their modules add them (`SWITCH_ADD_APP`):
 * `name|module|description|syntax`.
 */
const TABLE = `
acknowledge_call|mod_dptools|Indicate Call Acknowledged|
answer|mod_dptools|Answer the call|
att_xfer|mod_dptools|Attended Transfer|<channel_url>
bert_test|mod_bert|Start BERT Test|
bgsystem|mod_dptools|Execute a system command in the background|<command>
bind_digit_action|mod_dptools|bind a key sequence or regex to an action|<realm>,<digits|~regex>,<string>[,<value>][,<dtmf target leg>][,<event target leg>]
bind_meta_app|mod_dptools|Bind a key to an application|<key> [a|b|ab] [a|b|o|s|i|1] <app>
blind_transfer_ack|mod_dptools||[true|false]
block_dtmf|mod_dptools|Block DTMF|
break|mod_dptools|Break|
bridge|mod_dptools|Bridge Audio|<channel_url>
bridge_export|mod_dptools|Export a channel variable across a bridge|<varname>=<value>
broadcast|mod_dptools|Broadcast File|<path> <leg>
callcenter|mod_callcenter|CallCenter|queue_name
capture|mod_dptools|capture data into a var|<varname>|<data>|<regex>
capture_text|mod_dptools|capture text|
check_acl|mod_dptools|Check an ip against an ACL list|<ip> <acl | cidr> [<hangup_cause>]
clear_digit_action|mod_dptools|clear all digit bindings|<realm>|all[,target]
clear_speech_cache|mod_dptools|Clear Speech Handle Cache|
cng_plc|mod_dptools|Do PLC on CNG frames|
conference|mod_conference|conference|<name>
conference_set_auto_outcall|mod_conference|conference_set_auto_outcall|
curl|mod_curl|Perform a http request|
db|mod_db|Insert to the db|[insert|delete]/<realm>/<key>/<val>
debug_media|mod_dptools|Debug Media|<read|write|both|vread|vwrite|vboth|all> <on|off>
deduplicate_dtmf|mod_dptools|Prevent duplicate inband + 2833 dtmf|[only_rtp]
deflect|mod_dptools|Send call deflect|<deflect_data>
delay_echo|mod_dptools|echo audio at a specified delay|<delay ms>
detect_audio|mod_dptools|detect_audio|<threshold> <audio_hits> <timeout_ms> [<file>]
detect_silence|mod_dptools|detect_silence|<threshold> <silence_hits> <timeout_ms> [<file>]
detect_speech|mod_dptools|Detect speech|<mod_name> <gram_name> <gram_path> [<addr>] OR grammar <gram_name> [<path>] OR nogrammar <gram_name> OR grammaron/grammaroff <gram_name> OR grammarsalloff OR pause OR resume OR start_input_timers OR stop OR param <name> <value>
digit_action_set_realm|mod_dptools|change binding realm|<realm>[,<target>]
displace_session|mod_dptools|Displace File|<path> [<flags>] [+time_limit_ms]
early_hangup|mod_dptools|Enable early hangup|
eavesdrop|mod_dptools|eavesdrop on a uuid|[all | <uuid>]
echo|mod_dptools|Echo|
enable_heartbeat|mod_dptools|Enable Media Heartbeat|[0|<seconds>]
enable_keepalive|mod_dptools|Enable Keepalive|[0|<seconds>]
endless_playback|mod_dptools|Playback File Endlessly|<path>
esf_page_group|mod_esf||
eval|mod_dptools|Do Nothing|
event|mod_dptools|Fire an event|
execute_extension|mod_dptools|Execute an extension|<extension> <dialplan> <context>
export|mod_dptools|Export a channel variable across a bridge|<varname>=<value>
fax_detect|mod_dptools|Detect faxes|
fifo|mod_fifo|Park with FIFO|<fifo name>[!<importance_number>] [in [<announce file>|undef] [<music file>|undef] [early|noans] | out [wait|nowait] [<announce file>|undef] [<music file>|undef]]
fifo_track_call|mod_fifo|Count a call as a fifo call in the manual_calls queue|<fifo_outbound_uuid>
filter_codecs|mod_dptools|Filter Codecs|<codec string>
flush_dtmf|mod_dptools|flush any queued dtmf|
gentones|mod_dptools|Generate Tones|<tgml_script>[|<loops>]
group|mod_db|Manage a group|[insert|delete]:<group name>:<val>
hangup|mod_dptools|Hangup the call|[<cause>]
hash|mod_hash|Insert into the hashtable|[insert|insert_ifempty|delete|delete_ifmatch]/<realm>/<key>/<val>
hold|mod_dptools|Send a hold message|[<display message>]
httapi|mod_httapi|HT-TAPI Hypertext Telephony API|{<param1>=<val1>}
info|mod_dptools|Display Call Info|
intercept|mod_dptools|intercept|[-bleg] <uuid>
ivr|mod_dptools|Run an ivr menu|<menu_name>
javascript|mod_v8|Launch JS ivr.|<script> [additional_vars [...]]
jitterbuffer|mod_dptools|Send session jitterbuffer|<jitterbuffer_data>
limit|mod_dptools|Limit|<backend> <realm> <id> [<max>[/interval]] [number [dialplan [context]]]
limit_execute|mod_dptools|Limit|<backend> <realm> <id> <max>[/interval] <application> [application arguments]
limit_hash|mod_dptools|Limit|<realm> <id> [<max>[/interval]] [number [dialplan [context]]]
limit_hash_execute|mod_dptools|Limit|<realm> <id> <max>[/interval] <application> [application arguments]
log|mod_dptools|Logs to the logger|<log_level> <log_string>
loop_playback|mod_dptools|Playback File looply|[+loops] <path>
lua|mod_lua|Launch LUA ivr|<script>
media_reset|mod_dptools|Reset all bypass/proxy media flags|
mkdir|mod_dptools|Create a directory|<path>
multiset|mod_dptools|Set many channel variables|[^^<delim>]<varname>=<value> <var2>=<val2>
multiunset|mod_dptools|Unset many channel variables|[^^<delim>]<varname> <var2> <var3>
mutex|mod_dptools|block on a call flow only allowing one at a time|<keyname>[ on|off]
native_eavesdrop|mod_dptools|eavesdrop on a uuid|<uuid> [read|write]
novideo|mod_dptools|Refuse Inbound Video|
page|mod_dptools||<var1=val1,var2=val2><chan1>[:_:<chanN>]
park|mod_dptools|Park|
park_state|mod_dptools|Park State|
phrase|mod_dptools|Say a Phrase|<macro_name>,<data>
pickup|mod_dptools|Pickup|[<key>]
play_and_detect_speech|mod_dptools|Play and do speech recognition|<file> detect:<engine> {param1=val1,param2=val2}<grammar>
play_and_get_digits|mod_dptools|Play and get Digits| \\t<min> <max> <tries> <timeout> <terminators> <file> <invalid_file> <var_name> <regexp> [<digit_timeout>] ['<failure_ext> [failure_dp [failure_context]]']
playback|mod_dptools|Playback File|<path>
pre_answer|mod_dptools|Pre-Answer the call|
preprocess|mod_dptools|pre-process|
presence|mod_dptools|Send Presence|<rpid> <status> [<id>]
privacy|mod_dptools|Set privacy on calls|off|on|name|full|number
push|mod_dptools|Set a channel variable|<varname>=<value>
python|mod_python|Launch python ivr|<script> [arg1 [arg2 ...]]
queue_dtmf|mod_dptools|Queue dtmf to be sent|<dtmf_data>
read|mod_dptools|Read Digits|<min> <max> <file> <var_name> <timeout> <terminators> <digit_timeout>
record|mod_dptools|Record File|<path> [<time_limit_secs>] [<silence_thresh>] [<silence_hits>]
record_session|mod_dptools|Record Session|<path> [+<timeout>]
record_session_mask|mod_dptools|Mask audio in recording|<path>
record_session_pause|mod_dptools|Pause recording|<path>
record_session_resume|mod_dptools|Resume paused recording|<path>
record_session_unmask|mod_dptools|Stop masking audio in recording|<path>
recovery_refresh|mod_dptools|Send call recovery_refresh|
recv_dtmf|mod_dptools||
redirect|mod_dptools|Send session redirect|<redirect_data>
remove_bugs|mod_dptools|Remove media bugs|[<function>]
rename|mod_dptools|Rename file|<from_path> <to_path>
respond|mod_dptools|Send session respond|<respond_data>
reuse_caller_profile|mod_dptools|Reuse the caller profile|
ring_ready|mod_dptools|Indicate Ring_Ready|
rxfax|mod_spandsp|FAX Receive Application|<filename>
say|mod_dptools|say|<module_name>[:<lang>] <say_type> <say_method> [<say_gender>] <text>
sched_broadcast|mod_dptools|Schedule a broadcast in the future|[+]<time> <path> [aleg|bleg|both]
sched_cancel|mod_dptools|cancel scheduled tasks|[group]
sched_hangup|mod_dptools|Schedule a hangup in the future|[+]<time> [<cause>]
sched_heartbeat|mod_dptools|Enable Scheduled Heartbeat|[0|<seconds>]
sched_transfer|mod_dptools|Schedule a transfer in the future|[+]<time> <extension> <dialplan> <context>
send_display|mod_dptools|Send session a new display|<text>
send_dtmf|mod_dptools|Send dtmf to be sent|<dtmf_data>
send_info|mod_dptools|Send info|<info>
sendevent|mod_dptools||
session_loglevel|mod_dptools|session_loglevel|<level>
set|mod_dptools|Set a channel variable|<varname>=<value>
set_audio_level|mod_dptools|set volume|
set_global|mod_dptools|Set a global variable|<varname>=<value>
set_media_stats|mod_dptools|Set Media Stats|
set_mute|mod_dptools|set mute|
set_name|mod_dptools|Name the channel|<name>
set_profile_var|mod_dptools|Set a caller profile variable|<varname>=<value>
set_user|mod_dptools|Set a User|<user>@<domain> [prefix]
set_zombie_exec|mod_dptools|Enable Zombie Execution|
sleep|mod_dptools|Pause a channel|<pausemilliseconds>
socket|mod_event_socket|Connect to a socket|<ip>[:<port>]
sofia_sla|mod_sofia|private sofia sla function|<uuid>
sofia_stir_shaken_vs|mod_sofia|Verify SIP Identity header and store result in sip_verstat channel variable|
soft_hold|mod_dptools|Put a bridged channel on hold|<unhold key> [<moh_a>] [<moh_b>]
sound_test|mod_dptools|Analyze Audio|
spandsp_detect_tdd|mod_spandsp|Detect TDD data|
spandsp_inject_tdd|mod_spandsp|Send TDD data|
spandsp_send_tdd|mod_spandsp|Send TDD data|
spandsp_start_dtmf|mod_spandsp|Detect dtmf|
spandsp_start_fax_detect|mod_spandsp|start fax detect|<app>[ <arg>][ <timeout>][ <tone_type>]
spandsp_start_tone_detect|mod_spandsp|Start background tone detection with cadence|<name>
spandsp_stop_detect_tdd|mod_spandsp|stop sending tdd|
spandsp_stop_dtmf|mod_spandsp|stop inband dtmf|
spandsp_stop_fax_detect|mod_spandsp|stop fax detect|
spandsp_stop_inject_tdd|mod_spandsp|stop sending tdd|
spandsp_stop_tone_detect|mod_spandsp|Stop background tone detection with cadence|
speak|mod_dptools|Speak text|<engine>|<voice>|<text>
start_dtmf|mod_dptools|Detect dtmf|
start_dtmf_generate|mod_dptools|Generate dtmf|
stop|mod_dptools|Do Nothing|
stop_displace_session|mod_dptools|Stop Displace File|<path>
stop_dtmf|mod_dptools|stop inband dtmf|
stop_dtmf_generate|mod_dptools|stop inband dtmf generation|[write]
stop_record_session|mod_dptools|Stop Record Session|<path>
stop_tone_detect|mod_dptools|stop detecting tones|
stop_video_write_overlay|mod_dptools|Stop video write overlay|<path>
stopfax|mod_spandsp|Stop FAX Application|
strftime|mod_dptools|strftime|[<epoch>|]<format string>
system|mod_dptools|Execute a system command|<command>
t38_gateway|mod_spandsp|Convert to T38 Gateway if tones are heard|
three_way|mod_dptools|three way call with a uuid|<uuid>
tone_detect|mod_dptools|Detect tones|
transfer|mod_dptools|Transfer a channel|<exten> [<dialplan> <context>]
transfer_vars|mod_dptools|Transfer variables|<~variable_prefix|variable>
txfax|mod_spandsp|FAX Transmit Application|<filename>
unbind_meta_app|mod_dptools|Unbind a key from an application|[<key>]
unblock_dtmf|mod_dptools|Stop blocking DTMF|
unhold|mod_dptools|Send a un-hold message|
unset|mod_dptools|Unset a channel variable|<varname>
unshift|mod_dptools|Set a channel variable|<varname>=<value>
uuid_bridge|mod_dptools||
vad_test|mod_dptools|VAD test|[mode]
valet_park|mod_valet_parking|valet_park|<lotname> <extension>|[ask [<min>] [<max>] [<to>] [<prompt>]|auto [in|out] [min] [max]]
verbose_events|mod_dptools|Make ALL Events verbose.|
video_decode|mod_dptools|Set video decode.|[[on|wait]|off]
video_refresh|mod_dptools|Send video refresh.|[manual|auto]
video_write_overlay|mod_dptools|Video write overlay|<path> [<pos>] [<alpha>]
voicemail|mod_voicemail|Voicemail|[check] [auth] <profile_name> <domain_name> [<id>] [uuid]
wait_for_answer|mod_dptools|Wait for call to be answered|
wait_for_silence|mod_dptools|wait_for_silence|<silence_thresh> <silence_hits> <listen_hits> <timeout_ms> [<file>]
wait_for_video_ready|mod_dptools|Wait for video stream to be ready|[<ms, 1..10000>]
`

export const APPLICATION_TABLE: readonly KnownApplication[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [name = '', module = '', description = '', ...syntax] = line.split('|')
    return { name, module, description, syntax: syntax.join('|') }
  })

/**
 * One that is in here but not modelled is refused as such; any other hangs the channel up, as on the real switch.
 */
export const KNOWN_APPLICATIONS: ReadonlySet<string> = new Set(APPLICATION_TABLE.map(({ name }) => name))
