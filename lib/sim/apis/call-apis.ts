import { prompt, type Api } from './api.ts'
import { conferenceApi } from './conference.ts'
import { schedDel, schedHangup, schedTransfer, unschedApi } from './schedule.ts'
import { uuidBridge } from './uuid-bridge.ts'
import { uuidBreak, uuidExists, uuidKill, uuidPark } from './uuid-control.ts'
import { uuidDualTransfer } from './uuid-dual-transfer.ts'
import { uuidHold } from './uuid-hold.ts'
import {
  uuidBuglist,
  uuidCaptureText,
  uuidCodecParam,
  uuidDebugMedia,
  uuidDisplace,
  uuidFileman,
  uuidFlushDtmf,
  uuidJitterbuffer,
} from './uuid-media-settings.ts'
import {
  uuidEarlyOk,
  uuidLimit,
  uuidLimitRelease,
  uuidLoglevel,
  uuidOutgoingAnswer,
  uuidPreprocess,
  uuidSessionHeartbeat,
  uuidXferZombie,
} from './uuid-settings.ts'
import {
  uuidChat,
  uuidDeflect,
  uuidDisplay,
  uuidMedia,
  uuidMediaReneg,
  uuidPhoneEvent,
  uuidSendInfo,
  uuidSimplify,
} from './uuid-signalling.ts'
import { uuidTransfer } from './uuid-transfer.ts'

/** The api commands that carry calls on: bridging, sending elsewhere, signalling, scheduling. */
export const CALL_APIS: readonly (readonly [name: string, api: Api])[] = [
  ['break', prompt(uuidBreak)],
  ['conference', prompt(conferenceApi)],
  ['sched_del', prompt(schedDel)],
  ['sched_hangup', prompt(schedHangup)],
  ['sched_transfer', prompt(schedTransfer)],
  ['unsched_api', prompt(unschedApi)],
  ['uuid_break', prompt(uuidBreak)],
  ['uuid_bridge', prompt(uuidBridge)],
  ['uuid_buglist', prompt(uuidBuglist)],
  ['uuid_capture_text', prompt(uuidCaptureText)],
  ['uuid_chat', prompt(uuidChat)],
  ['uuid_codec_param', prompt(uuidCodecParam)],
  ['uuid_debug_media', prompt(uuidDebugMedia)],
  ['uuid_deflect', prompt(uuidDeflect)],
  ['uuid_displace', prompt(uuidDisplace)],
  ['uuid_display', prompt(uuidDisplay)],
  ['uuid_dual_transfer', prompt(uuidDualTransfer)],
  ['uuid_early_ok', prompt(uuidEarlyOk)],
  ['uuid_exists', prompt(uuidExists)],
  ['uuid_fileman', prompt(uuidFileman)],
  ['uuid_flush_dtmf', prompt(uuidFlushDtmf)],
  ['uuid_hold', prompt(uuidHold)],
  ['uuid_jitterbuffer', prompt(uuidJitterbuffer)],
  ['uuid_kill', prompt(uuidKill)],
  ['uuid_limit', prompt(uuidLimit)],
  ['uuid_limit_release', prompt(uuidLimitRelease)],
  ['uuid_loglevel', prompt(uuidLoglevel)],
  ['uuid_media', prompt(uuidMedia)],
  ['uuid_media_reneg', prompt(uuidMediaReneg)],
  ['uuid_outgoing_answer', prompt(uuidOutgoingAnswer)],
  ['uuid_park', prompt(uuidPark)],
  ['uuid_phone_event', prompt(uuidPhoneEvent)],
  ['uuid_preprocess', prompt(uuidPreprocess)],
  ['uuid_redirect', prompt(uuidDeflect)],
  ['uuid_send_info', prompt(uuidSendInfo)],
  ['uuid_session_heartbeat', prompt(uuidSessionHeartbeat)],
  ['uuid_simplify', prompt(uuidSimplify)],
  ['uuid_transfer', prompt(uuidTransfer)],
  ['uuid_xfer_zombie', prompt(uuidXferZombie)],
]
