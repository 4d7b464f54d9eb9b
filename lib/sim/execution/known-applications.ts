/**
 * The applications of FreeSWITCH 1.10.12 and its usual modules. One that is in here but not modelled is refused as
 * such; any other hangs the channel up, as on the real switch.
 */
export const KNOWN_APPLICATIONS: ReadonlySet<string> = new Set(
  `
    acknowledge_call answer att_xfer bert_test bgsystem bind_digit_action bind_meta_app
    blind_transfer_ack block_dtmf break bridge bridge_export broadcast callcenter capture capture_text
    check_acl clear_digit_action clear_speech_cache cng_plc conference conference_set_auto_outcall curl
    db debug_media deduplicate_dtmf deflect delay_echo detect_audio detect_silence detect_speech
    digit_action_set_realm displace_session early_hangup eavesdrop echo enable_heartbeat
    enable_keepalive endless_playback esf_page_group eval event execute_extension export fax_detect
    fifo fifo_track_call filter_codecs flush_dtmf gentones group hangup hash hold httapi info intercept
    ivr javascript jitterbuffer limit limit_execute limit_hash limit_hash_execute log loop_playback lua
    media_reset mkdir multiset multiunset mutex native_eavesdrop novideo page park park_state phrase
    pickup play_and_detect_speech play_and_get_digits playback pre_answer preprocess presence privacy
    push python queue_dtmf read record record_session record_session_mask record_session_pause
    record_session_resume record_session_unmask recovery_refresh recv_dtmf redirect remove_bugs rename
    respond reuse_caller_profile ring_ready rxfax say sched_broadcast sched_cancel sched_hangup
    sched_heartbeat sched_transfer send_display send_dtmf send_info sendevent session_loglevel set
    set_audio_level set_global set_media_stats set_mute set_name set_profile_var set_user
    set_zombie_exec sleep socket sofia_sla sofia_stir_shaken_vs soft_hold sound_test spandsp_detect_tdd
    spandsp_inject_tdd spandsp_send_tdd spandsp_start_dtmf spandsp_start_fax_detect
    spandsp_start_tone_detect spandsp_stop_detect_tdd spandsp_stop_dtmf spandsp_stop_fax_detect
    spandsp_stop_inject_tdd spandsp_stop_tone_detect speak start_dtmf start_dtmf_generate stop
    stop_displace_session stop_dtmf stop_dtmf_generate stop_record_session stop_tone_detect
    stop_video_write_overlay stopfax strftime system t38_gateway three_way tone_detect transfer
    transfer_vars txfax unbind_meta_app unblock_dtmf unhold unset unshift uuid_bridge vad_test
    valet_park verbose_events video_decode video_refresh video_write_overlay voicemail wait_for_answer
    wait_for_silence wait_for_video_ready
  `
    .trim()
    .split(/\s+/),
)
