import { createBrackets } from '../../model/brackets.ts'
import { addHeader } from '../../model/event.ts'
import type { Command } from '../../model/packet.ts'
import { separate } from '../../model/strings.ts'
import { applied, executed, number, text, words, type Position } from '../position.ts'
import { injected, same, sameWords, wrong, type Verdict } from '../verdict.ts'
import { judgeVars } from './braces.ts'

interface Played {
  readonly vars?: Readonly<Record<string, string>>
  readonly path: string
  readonly startSample?: string
}

/** What `playback` opens: `@@` at the first `@` (mod_dptools.c:3039), then `{…}` (switch_core_file.c:97). */
const played = (data: string, { vars = {}, path, startSample }: Played): Verdict => {
  const at = data.indexOf('@')
  const isCut = at >= 0 && data[at + 1] === '@'
  const from = isCut ? data.slice(at + 2) : undefined
  if (from !== startSample) return injected(`from sample ${from}`)
  let file = isCut ? data.slice(0, at) : data
  let pairs: (readonly [string, string])[] = []
  while (file.startsWith('{')) {
    const read = createBrackets(file, '{', '}', ',')
    if (!read) return injected('braces')
    pairs = [...pairs, ...read.pairs]
    file = read.rest
  }
  return judgeVars(pairs, vars) ?? same(file, path)
}

/** The files of a `file_string://` (mod_dptools.c:5129). */
const inTurn = (data: string, files: readonly string[]): Verdict => {
  if (!data.startsWith('file_string://') || /^[^@]*@@/.test(data)) return injected(data)
  return sameWords(separate(data.slice('file_string://'.length), '!', 128), files)
}

/** `switch_ivr_broadcast` (switch_ivr_async.c:5649): the application, and its argument. */
const broadcast = (path: string, app: string, given: string): Verdict => {
  const colon = path.indexOf(':')
  const isApp = colon >= 0 && path[colon + 1] === ':'
  const name = isApp ? path.slice(0, colon) : 'playback'
  if (name !== app) return injected(`application ${name}`)
  const [header] = addHeader([], 'execute-app-arg', isApp ? path.slice(colon + 2) : path)
  if (header && header.array.length > 0) return injected('an array')
  return applied(header?.value ?? '', (arg) =>
    app === 'playback' ? played(arg, { path: given }) : same(arg, given),
  )
}

const recorded = (sent: readonly Command[], uuid: string, action: string, path: string): Verdict =>
  words(sent, 'uuid_record', 5, (found) => {
    if (/^[{[]/.test(found[2] ?? '')) return injected('parameters')
    if (action !== 'stop' && /^all$/i.test(found[2] ?? '')) return injected('all recordings')
    return found[2] === '' ? wrong('usage') : sameWords(found, [uuid, action, path])
  })

/** Sound. */
export const mediaPositions: readonly Position[] = [
  text(
    'playback',
    ({ session }, v) => session.playback(v),
    (v, sent, uuid) => executed(sent, uuid, 'playback', (arg) => played(arg, { path: v })),
  ),
  text(
    'playback after a folder',
    ({ session }, v) => session.playback(`/rec/${v}`),
    (v, sent, uuid) => executed(sent, uuid, 'playback', (arg) => played(arg, { path: `/rec/${v}` })),
  ),
  text(
    'playback vars',
    ({ session }, v) => session.playback('f.wav', { vars: { myvar: v } }),
    (v, sent, uuid) =>
      executed(sent, uuid, 'playback', (arg) => played(arg, { path: 'f.wav', vars: { myvar: v } })),
  ),
  text(
    'playback several',
    ({ session }, v) => session.playback(['a', v, 'b']),
    (v, sent, uuid) => executed(sent, uuid, 'playback', (arg) => inTurn(arg, ['a', v, 'b'])),
  ),
  text(
    'playback several, first',
    ({ session }, v) => session.playback([v, 'a']),
    (v, sent, uuid) => executed(sent, uuid, 'playback', (arg) => inTurn(arg, [v, 'a'])),
  ),
  text(
    'endless playback',
    ({ session }, v) => session.playback(v, { endless: true }),
    (v, sent, uuid) =>
      executed(sent, uuid, 'endless_playback', (arg) => (arg.startsWith('{') ? injected(arg) : same(arg, v))),
  ),
  number(
    'playback startSample',
    ({ session }, v) => session.playback('f', { startSample: v }),
    (v, sent, uuid) => executed(sent, uuid, 'playback', (arg) => played(arg, { path: 'f', startSample: v })),
  ),
  text(
    'broadcast',
    ({ session }, v) => session.broadcast(v),
    (v, sent, uuid) =>
      words(sent, 'uuid_broadcast', 4, ([at, path = '', ...legs]) =>
        at !== uuid || legs.join() !== 'aleg' ? injected([at, path, legs]) : broadcast(path, 'playback', v),
      ),
  ),
  text(
    'broadcast after a folder',
    ({ session }, v) => session.broadcast(`/rec/${v}`),
    (v, sent, uuid) =>
      words(sent, 'uuid_broadcast', 4, ([at, path = '', ...legs]) =>
        at !== uuid || legs.join() !== 'aleg'
          ? injected([at, path, legs])
          : broadcast(path, 'playback', `/rec/${v}`),
      ),
  ),
  text(
    'broadcast application',
    ({ session }, v) => session.broadcast({ execute: 'log', executeArg: v }),
    (v, sent, uuid) =>
      words(sent, 'uuid_broadcast', 4, ([at, path = '', ...legs]) =>
        at !== uuid || legs.join() !== 'aleg' ? injected([at, path, legs]) : broadcast(path, 'log', v),
      ),
  ),
  number(
    'broadcast delay',
    ({ session }, v) => session.broadcast('f', { delay: v }),
    (v, sent, uuid) =>
      words(sent, 'sched_broadcast', 4, (found) =>
        sameWords(found, [`+${Math.max(1, Math.round(Number(v) / 1000))}`, uuid, 'f', 'aleg']),
      ),
  ),
  text(
    'mute',
    ({ session }, v) => session.mute(v as never),
    (v, sent, uuid) =>
      words(sent, 'uuid_audio', 5, (found) => sameWords(found, [uuid, 'start', v, 'mute', '1'])),
  ),
  number(
    'mute level',
    ({ session }, v) => session.mute('read', v),
    (v, sent, uuid) =>
      words(sent, 'uuid_audio', 5, (found) => sameWords(found, [uuid, 'start', 'read', 'mute', v])),
  ),
  text(
    'startRecord',
    ({ session }, v) => session.startRecord(v),
    (v, sent, uuid) => recorded(sent, uuid, 'start', v),
  ),
  text(
    'stopRecord',
    ({ session }, v) => session.stopRecord(v),
    (v, sent, uuid) => recorded(sent, uuid, 'stop', v),
  ),
  text(
    'record mask',
    ({ session }, v) => session.record('mask', v),
    (v, sent, uuid) => recorded(sent, uuid, 'mask', v),
  ),
  number(
    'startRecord limit',
    ({ session }, v) => session.startRecord('f', { limit: v }),
    (v, sent, uuid) =>
      words(sent, 'uuid_record', 5, (found) =>
        sameWords(found, [uuid, 'start', 'f', String(Math.max(1, Math.ceil(Number(v) / 1000)))]),
      ),
  ),
  text(
    'detectTone',
    ({ session }, v) => session.detectTone(v, [440]),
    (v, sent, uuid) =>
      executed(sent, uuid, 'tone_detect', (arg) => sameWords(separate(arg, ' ', 7), [v, '440', 'r'])),
  ),
  number(
    'detectTone frequency',
    ({ session }, v) => session.detectTone('k', [v]),
    (v, sent, uuid) =>
      executed(sent, uuid, 'tone_detect', (arg) => sameWords(separate(arg, ' ', 7), ['k', v, 'r'])),
  ),
  number(
    'detectTone timeout',
    ({ session }, v) => session.detectTone('k', [440], { timeout: v }),
    (v, sent, uuid) =>
      executed(sent, uuid, 'tone_detect', (arg) =>
        sameWords(separate(arg, ' ', 7), ['k', '440', 'r', `+${Math.max(1, Math.ceil(Number(v) / 1000))}`]),
      ),
  ),
]
