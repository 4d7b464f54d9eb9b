import { setHeartbeat } from '../channel/session-heartbeat.ts'
import { isTrue } from '../channel/variables.ts'
import { OK, sessionApi, SUCCESS } from './session-api.ts'

/** Api commands that change what a session does from now on. */

const refused = (what: string): string => `-ERR ${what} is not modelled by the embedded switch\n`

const HEARTBEAT_USAGE = 'uuid_session_heartbeat <uuid> [sched] [0|<seconds>]\n'
const MINUTE = 60

/** `uuid_session_heartbeat <uuid> [sched] 0|<seconds>`. */
export const uuidSessionHeartbeat = sessionApi({
  usage: `-USAGE: ${HEARTBEAT_USAGE}`,
  least: 2,
  most: 3,
  missing: `-ERR Cannot locate session. USAGE: ${HEARTBEAT_USAGE}`,
  run(sw, channel, [, first = '', second = '']) {
    const text = first.toLowerCase() === 'sched' ? second : first
    const number = /^\d+$/.test(text) ? Number(text) || MINUTE : isTrue(text) ? MINUTE : 0
    setHeartbeat(sw, channel, number)
    return OK
  },
})

const LEVELS = ['console', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']

/** `uuid_loglevel <uuid> <level>`: what the session logs, of which the embedded switch has little to say. */
export const uuidLoglevel = sessionApi({
  usage: '<uuid> <level>',
  least: 2,
  most: 3,
  missing: '-ERR No such channel %s!\n',
  run: (_, __, words) => {
    const level = (words.at(-1) ?? '').toLowerCase()
    return /^\d+$/.test(level) || LEVELS.includes(level) ? OK : '-ERR Invalid log level!\n'
  },
})

/** `uuid_preprocess <uuid> <settings>`: the sound is not touched, so that it is refused. */
export const uuidPreprocess = sessionApi({
  usage: '<>',
  least: 2,
  most: 2,
  run: () => refused('uuid_preprocess'),
})

/** `uuid_early_ok <uuid>`: it prints nothing. Of a leg that is answered it changes nothing either. */
export const uuidEarlyOk = sessionApi({
  usage: '<uuid>',
  least: 1,
  most: 1,
  missing: '',
  run: (_, channel) => (channel.answerState === 'answered' ? '' : refused('uuid_early_ok before the answer')),
})

/** `uuid_outgoing_answer <uuid>`: of a leg that is answered already. */
export const uuidOutgoingAnswer = sessionApi({
  usage: '<uuid>',
  least: 1,
  most: 1,
  run: (_, channel) =>
    channel.answerState === 'answered' ? OK : refused('uuid_outgoing_answer before the answer'),
})

/** `uuid_xfer_zombie <uuid>`: a leg that loses its partner lives on; without a partner there is nothing to lose. */
export const uuidXferZombie = sessionApi({
  usage: `-USAGE: <uuid>\n-ERR Operation Failed\n`,
  least: 1,
  most: 1,
  missing: '-ERR Operation Failed\n',
  run: (_, channel) =>
    channel.partner === undefined ? SUCCESS : refused('uuid_xfer_zombie of a bridged call'),
})

/** `uuid_limit`, `uuid_limit_release`: their limits are not modelled. */
const limits = (usage: string, least: number) =>
  sessionApi({
    usage,
    least,
    most: 8,
    missing: '-ERR Cannot find session with uuid %s\n',
    run: () => refused('a limit'),
  })

export const uuidLimit = limits(
  'USAGE: uuid_limit <uuid> <backend> <realm> <resource> [<max>[/interval]] [number [dialplan [context]]]\n',
  4,
)
export const uuidLimitRelease = limits('USAGE: uuid_limit_release <uuid> <backend> [realm] [resource]\n', 2)
