import { prompt, type Api } from './api.ts'
import { CALL_APIS } from './call-apis.ts'
import { fsctl } from './fsctl.ts'
import { GENERAL_APIS } from './general.ts'
import { hupall } from './hupall.ts'
import { logApi } from './log.ts'
import { originateApi } from './originate.ts'
import { schedApi } from './sched-api.ts'
import { show } from './show.ts'
import { shutdown, withShutdown } from './shutdown.ts'
import { sofia } from './sofia.ts'
import { status, uptime, version } from './status.ts'
import { uuidAnswer, uuidPreAnswer, uuidRingReady } from './uuid-answer.ts'
import { uuidRecvDtmf, uuidSendDtmf } from './uuid-dtmf.ts'
import { schedBroadcast, uuidBroadcast } from './uuid-broadcast.ts'
import { uuidAudio } from './uuid-audio.ts'
import { uuidDump } from './uuid-dump.ts'
import { uuidRecord } from './uuid-record.ts'
import { uuidGetvar, uuidSetvar, uuidSetvarMulti } from './uuid-variables.ts'

/** The api commands that the embedded switch models. */
export const APIS: ReadonlyMap<string, Api> = new Map<string, Api>([
  ...GENERAL_APIS,
  ...CALL_APIS,
  ['...', shutdown],
  ['fsctl', withShutdown(prompt(fsctl))],
  ['hupall', prompt(hupall)],
  ['log', prompt(logApi)],
  ['originate', originateApi],
  ['sched_api', prompt(schedApi)],
  ['sched_broadcast', prompt(schedBroadcast)],
  ['show', prompt(show)],
  ['shutdown', shutdown],
  ['sofia', prompt(sofia)],
  ['status', prompt(status)],
  ['uptime', prompt(uptime)],
  ['uuid_answer', prompt(uuidAnswer)],
  ['uuid_audio', prompt(uuidAudio)],
  ['uuid_broadcast', prompt(uuidBroadcast)],
  ['uuid_dump', prompt(uuidDump)],
  ['uuid_getvar', prompt(uuidGetvar)],
  ['uuid_pre_answer', prompt(uuidPreAnswer)],
  ['uuid_record', prompt(uuidRecord)],
  ['uuid_recv_dtmf', prompt(uuidRecvDtmf)],
  ['uuid_ring_ready', prompt(uuidRingReady)],
  ['uuid_send_dtmf', prompt(uuidSendDtmf)],
  ['uuid_setvar', prompt(uuidSetvar)],
  ['uuid_setvar_multi', prompt(uuidSetvarMulti)],
  ['version', prompt(version)],
])
