import { prompt, type Api } from './api.ts'
import { fsctl } from './fsctl.ts'
import { GENERAL_APIS } from './general.ts'
import { hupall } from './hupall.ts'
import { originateApi } from './originate.ts'
import { schedApi } from './sched-api.ts'
import { schedDel, schedHangup } from './schedule.ts'
import { show } from './show.ts'
import { shutdown, withShutdown } from './shutdown.ts'
import { sofia } from './sofia.ts'
import { status, uptime, version } from './status.ts'
import { uuidAnswer, uuidPreAnswer, uuidRingReady } from './uuid-answer.ts'
import { uuidBridge } from './uuid-bridge.ts'
import { uuidBreak, uuidExists, uuidKill, uuidPark } from './uuid-control.ts'
import { uuidRecvDtmf, uuidSendDtmf } from './uuid-dtmf.ts'
import { schedBroadcast, uuidBroadcast } from './uuid-broadcast.ts'
import { uuidAudio } from './uuid-audio.ts'
import { uuidHold } from './uuid-hold.ts'
import { uuidTransfer } from './uuid-transfer.ts'
import { uuidDump } from './uuid-dump.ts'
import { uuidRecord } from './uuid-record.ts'
import { uuidGetvar, uuidSetvar, uuidSetvarMulti } from './uuid-variables.ts'

/** The api commands that the embedded switch models. */
export const APIS: ReadonlyMap<string, Api> = new Map<string, Api>([
  ...GENERAL_APIS,
  ['...', shutdown],
  ['fsctl', withShutdown(prompt(fsctl))],
  ['hupall', prompt(hupall)],
  ['originate', originateApi],
  ['sched_api', prompt(schedApi)],
  ['sched_broadcast', prompt(schedBroadcast)],
  ['sched_del', prompt(schedDel)],
  ['sched_hangup', prompt(schedHangup)],
  ['show', prompt(show)],
  ['shutdown', shutdown],
  ['sofia', prompt(sofia)],
  ['status', prompt(status)],
  ['uptime', prompt(uptime)],
  ['uuid_answer', prompt(uuidAnswer)],
  ['uuid_audio', prompt(uuidAudio)],
  ['uuid_break', prompt(uuidBreak)],
  ['uuid_bridge', prompt(uuidBridge)],
  ['uuid_broadcast', prompt(uuidBroadcast)],
  ['uuid_dump', prompt(uuidDump)],
  ['uuid_exists', prompt(uuidExists)],
  ['uuid_getvar', prompt(uuidGetvar)],
  ['uuid_hold', prompt(uuidHold)],
  ['uuid_kill', prompt(uuidKill)],
  ['uuid_park', prompt(uuidPark)],
  ['uuid_pre_answer', prompt(uuidPreAnswer)],
  ['uuid_record', prompt(uuidRecord)],
  ['uuid_recv_dtmf', prompt(uuidRecvDtmf)],
  ['uuid_ring_ready', prompt(uuidRingReady)],
  ['uuid_send_dtmf', prompt(uuidSendDtmf)],
  ['uuid_setvar', prompt(uuidSetvar)],
  ['uuid_setvar_multi', prompt(uuidSetvarMulti)],
  ['uuid_transfer', prompt(uuidTransfer)],
  ['version', prompt(version)],
])
