/**
 * The api commands of FreeSWITCH 1.10.12 with the modules of the recordings: what `help` lists there. One that is in
 * here but not modelled is refused as such; any other is not found, as on the real switch.
 */
export const KNOWN_APIS: ReadonlySet<string> = new Set(
  `
  acl alias banner bg_spawn bg_system bgapi break chat coalesce complete cond conference console
  console_complete console_complete_xml create_uuid db db_cache domain_data domain_exists echo escape eval
  event_channel_broadcast event_sink expand expr fifo fifo_add_outbound fifo_check_bridge fifo_member
  file_exists find_user_xml fsctl getcputime getenv gethost global_getvar global_setvar group group_call
  hash hash_dump hash_remote help host_lookup hostname hupall in_group interface_ip is_lan_addr json
  limit_hash_usage limit_interval_reset limit_reset limit_status limit_usage list_users load local_stream
  log md5 memory module_exists msleep msrp nat_map originate page pause pool_stats presence
  quote_shell_arg reg_url regex reload reloadacl reloadxml replace say_string sched_api sched_broadcast
  sched_del sched_hangup sched_transfer show shutdown sndfile_debug sofia sofia_contact sofia_count_reg
  sofia_dig sofia_gateway_data sofia_presence_data sofia_username_of spandsp_start_tone_detect
  spandsp_stop_tone_detect spawn spawn_stream sql_escape start_tdd_detect status stop_tdd_detect strepoch
  strftime strftime_tz strmicroepoch stun switchname system time_test timer_test tolower tone_detect
  toupper unload unsched_api uptime url_decode url_encode user_data user_exists uuid_answer uuid_audio
  uuid_break uuid_bridge uuid_broadcast uuid_buglist uuid_capture_text uuid_chat uuid_codec_debug
  uuid_codec_param uuid_debug_media uuid_deflect uuid_displace uuid_display uuid_drop_dtmf
  uuid_dual_transfer uuid_dump uuid_early_ok uuid_exists uuid_fileman uuid_flush_dtmf uuid_getvar
  uuid_hold uuid_jitterbuffer uuid_kill uuid_limit uuid_limit_release uuid_loglevel uuid_media
  uuid_media_3p uuid_media_params uuid_media_reneg uuid_msrp_send uuid_outgoing_answer uuid_park
  uuid_pause uuid_phone_event uuid_pre_answer uuid_preprocess uuid_record uuid_recovery_refresh
  uuid_recv_dtmf uuid_redirect uuid_ring_ready uuid_send_dtmf uuid_send_info uuid_send_message
  uuid_send_tdd uuid_send_text uuid_session_heartbeat uuid_set_media_stats uuid_setvar uuid_setvar_multi
  uuid_simplify uuid_transfer uuid_video_bandwidth uuid_video_bitrate uuid_video_refresh uuid_xfer_zombie
  uuid_zombie_exec valet_info version xml_flush_cache xml_locate xml_wrap
  `
    .trim()
    .split(/\s+/),
)
