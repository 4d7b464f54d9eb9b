import { addBug, bugList, removeBug } from '../channel/media-bugs.ts'
import { hasMedia } from '../channel/channel.ts'
import { isTrue } from '../channel/variables.ts'
import { findSound } from '../media/sound.ts'
import { FAILED, OK, sessionApi, SUCCESS } from './session-api.ts'

/** Api commands about what a session does with its media. */

const NO_SUCH = '-ERR No such channel %s!\n'

/** `uuid_buglist <uuid>`. */
export const uuidBuglist = sessionApi({
  usage: '<uuid>',
  least: 1,
  most: 2,
  missing: '',
  run: (_, channel) => bugList(channel),
})

/** `uuid_capture_text <uuid> on|off`: it prints nothing. */
export const uuidCaptureText = sessionApi({
  usage: '<uuid> <on|off>',
  least: 2,
  most: 2,
  missing: NO_SUCH,
  run(sw, channel, [, how]) {
    if (!isTrue(how)) removeBug(sw, channel, 'capture_text')
    else if (!channel.bugs.some(({ fn }) => fn === 'capture_text'))
      addBug(sw, channel, { fn: 'capture_text', target: channel.uuid })
    return ''
  },
})

/** `uuid_displace <uuid> start|stop <path>`: the far end hears a file. It is stopped by its whole path only. */
export const uuidDisplace = sessionApi({
  usage: '<uuid> [start|stop] <path> [<limit>] [mux]',
  least: 3,
  most: 5,
  missing: '-ERR Cannot locate session!\n',
  run(sw, channel, [, verb = '', path = '']) {
    const action = verb.toLowerCase()
    if (action === 'start') {
      const sound = hasMedia(channel) ? findSound(sw.config, path) : undefined
      if (!sound) return '-ERR Cannot displace session!\n'
      addBug(sw, channel, { fn: 'displace', target: sound.path })
      return SUCCESS
    }
    if (action !== 'stop') return '-USAGE: <uuid> [start|stop] <path> [<limit>] [mux]\n'
    const there = channel.bugs.some(({ fn, target }) => fn === 'displace' && target === path)
    return there && removeBug(sw, channel, 'displace') ? SUCCESS : '-ERR Cannot stop displace session!\n'
  },
})

/** `uuid_jitterbuffer <uuid> <ms>`: packets are never late here, so that it has nothing to do but count. */
export const uuidJitterbuffer = sessionApi({
  usage: '<uuid> [0|<min_msec>[:<max_msec>]]',
  least: 2,
  most: 2,
  missing: FAILED,
  run(_, channel, [, size = '']) {
    channel.jitterMs = Number.parseInt(size, 10) || 0
    return SUCCESS
  },
})

/** `uuid_debug_media <uuid> read|write|both on|off`: it writes to the log, which the embedded switch keeps short. */
export const uuidDebugMedia = sessionApi({
  usage: '<uuid> <read|write|both|vread|vwrite|vboth|all> <on|off>',
  least: 3,
  most: 3,
  missing: FAILED,
  run: () => SUCCESS,
})

/** `uuid_codec_param <uuid> audio read|write <param> <value>`: PCMU has none, which the answer says. */
export const uuidCodecParam = sessionApi({
  usage: `-USAGE: <uuid> audio|video read|write <param> <val>\n-ERR Operation Failed [NOT SENT]\n`,
  least: 3,
  most: 5,
  missing: '-ERR Operation Failed [NOT SENT]\n',
  run: () => '+OK Command sent reply: [NOT SENT]\n',
})

/** `uuid_fileman <uuid> <command>`: of what plays, which is not modelled; nothing plays, mostly. */
export const uuidFileman = sessionApi({
  usage: '<uuid> <cmd>:<val>',
  least: 2,
  most: 4,
  run: (_, channel) =>
    channel.executions.some(({ app }) => app.endsWith('playback'))
      ? '-ERR uuid_fileman is not modelled by the embedded switch\n'
      : '-ERR No file handle!\n',
})

/** `uuid_flush_dtmf <uuid>`: forgets the digits that have come. */
export const uuidFlushDtmf = sessionApi({
  usage: '-ERR No such session\n',
  least: 1,
  most: 1,
  missing: '-ERR No such session\n',
  run(_, channel) {
    channel.digits?.heard.splice(0)
    return OK
  },
})
