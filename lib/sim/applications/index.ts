import type { Application } from '../execution/execution.ts'
import { answerApp, preAnswerApp, ringReadyApp } from './answer.ts'
import { bertTest } from './bert-test.ts'
import { bridge } from './bridge.ts'
import { event } from './event.ts'
import { flushDtmf, queueDtmf, sendDtmf } from './dtmf.ts'
import { conference } from './conference.ts'
import { echo } from './echo.ts'
import { executeExtension } from './execute-extension.ts'
import { hangupApp, respond } from './hangup.ts'
import { holdApp, unholdApp } from './hold.ts'
import { info, log } from './log.ts'
import { intercept } from './intercept.ts'
import {
  db,
  enableHeartbeat,
  evalApp,
  hash,
  privacy,
  push,
  schedCancel,
  sessionLoglevel,
  setGlobal,
  setProfileVar,
  unshift,
  verboseEvents,
} from './notes.ts'
import { park } from './park.ts'
import { spandspStartDtmf, spandspStopDtmf, startDtmf, stopDtmf } from './inband-dtmf.ts'
import { stopToneDetect, toneDetect } from './tone-detect.ts'
import { playAndGetDigits } from './play-and-get-digits.ts'
import { delayEcho, waitForSilence } from './listening.ts'
import { endlessPlayback, gentones, loopPlayback, playback } from './playback.ts'
import { read } from './read.ts'
import { record } from './record.ts'
import { recordSession, recordSessionMask, recordSessionUnmask, stopRecordSession } from './record-session.ts'
import { schedBroadcastApp, schedHangupApp, schedTransferApp } from './schedule.ts'
import { sleep } from './sleep.ts'
import { socket } from './socket.ts'
import { transferApp } from './transfer.ts'
import { exportApp, multiset, multiunset, set, unset } from './variables.ts'

/** The applications that the embedded switch models. */
export const APPLICATIONS: ReadonlyMap<string, Application> = new Map<string, Application>([
  ['answer', answerApp],
  ['bert_test', bertTest],
  ['bridge', bridge],
  ['conference', conference],
  ['db', db],
  ['delay_echo', delayEcho],
  ['echo', echo],
  ['enable_heartbeat', enableHeartbeat],
  ['endless_playback', endlessPlayback],
  ['eval', evalApp],
  ['event', event],
  ['execute_extension', executeExtension],
  ['export', exportApp],
  ['flush_dtmf', flushDtmf],
  ['gentones', gentones],
  ['hangup', hangupApp],
  ['hold', holdApp],
  ['log', log],
  ['hash', hash],
  ['info', info],
  ['intercept', intercept],
  ['loop_playback', loopPlayback],
  ['multiset', multiset],
  ['multiunset', multiunset],
  ['park', park],
  ['play_and_get_digits', playAndGetDigits],
  ['playback', playback],
  ['pre_answer', preAnswerApp],
  ['privacy', privacy],
  ['push', push],
  ['queue_dtmf', queueDtmf],
  ['read', read],
  ['record', record],
  ['record_session', recordSession],
  ['record_session_mask', recordSessionMask],
  ['record_session_unmask', recordSessionUnmask],
  ['respond', respond],
  ['ring_ready', ringReadyApp],
  ['sched_cancel', schedCancel],
  ['sched_broadcast', schedBroadcastApp],
  ['sched_hangup', schedHangupApp],
  ['sched_transfer', schedTransferApp],
  ['send_dtmf', sendDtmf],
  ['session_loglevel', sessionLoglevel],
  ['set', set],
  ['set_global', setGlobal],
  ['set_profile_var', setProfileVar],
  ['sleep', sleep],
  ['socket', socket],
  ['spandsp_start_dtmf', spandspStartDtmf],
  ['spandsp_stop_dtmf', spandspStopDtmf],
  ['start_dtmf', startDtmf],
  ['stop_dtmf', stopDtmf],
  ['stop_record_session', stopRecordSession],
  ['stop_tone_detect', stopToneDetect],
  ['tone_detect', toneDetect],
  ['transfer', transferApp],
  ['unhold', unholdApp],
  ['unset', unset],
  ['unshift', unshift],
  ['verbose_events', verboseEvents],
  ['wait_for_silence', waitForSilence],
])
