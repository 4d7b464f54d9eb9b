import { describe, expect, it } from 'vitest'
import type { Session } from '../../lib/model/session.ts'
import { channelEvent } from '../service/on-scripted-switch.ts'
import { outcomeOf } from '../testing/promises.ts'
import { withOneSession } from './one-session.ts'

type Verb = (sess: Session) => Promise<unknown>

const headerOf = (command: string, name: string): string[] =>
  command.split('\n').flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : []))

/** What a verb sends: its api command, or its application and argument. */
const sentBy = async (verb: Verb): Promise<string | undefined> => {
  let sent: string | undefined
  await withOneSession(async ({ sess, commands, say, end }) => {
    await say(channelEvent('CHANNEL_PARK', 'A', { 'Caller-Context': 'public' }))
    const { length } = commands
    const outcome = outcomeOf(verb(sess))
    await say()
    const own = commands.slice(length).find((each) => !each.startsWith('event '))
    const app = headerOf(own ?? '', 'execute-app-name')
    sent = app.length > 0 ? [...app, ...headerOf(own ?? '', 'execute-app-arg')].join(' ') : own
    await end()
    await outcome
  })
  return sent
}

const VERBS: readonly (readonly [sent: string, verb: Verb])[] = [
  ['answer', (sess) => sess.answer()],
  ['pre_answer', (sess) => sess.preAnswer()],
  ['ring_ready', (sess) => sess.ringReady()],
  ['respond 486', (sess) => sess.respond(486)],
  ['api uuid_kill A NORMAL_CLEARING', (sess) => sess.hangup()],
  ['api uuid_kill A USER_BUSY', (sess) => sess.call.hangup('USER_BUSY')],
  ['api sched_hangup +30 A ALLOTTED_TIMEOUT', (sess) => sess.schedHangup(30_000, 'ALLOTTED_TIMEOUT')],
  ['api sched_hangup +1 A NORMAL_CLEARING', (sess) => sess.schedHangup(1)],
  ['api sched_del A', (sess) => sess.clearTasks()],
  ['api uuid_park A', (sess) => sess.park()],
  ['echo', (sess) => sess.echo()],
  ['playback one.wav', (sess) => sess.playback('one.wav')],
  ['playback file_string://one.wav!two.wav', (sess) => sess.playback(['one.wav', 'two.wav'])],
  ['playback one.wav@@8000', (sess) => sess.playback('one.wav', { startSample: 8000 })],
  ['playback {loops=-1}tone', (sess) => sess.playback('tone', { vars: { loops: -1 } })],
  ['endless_playback one.wav', (sess) => sess.playback('one.wav', { endless: true })],
  ['playback ${file}', (sess) => sess.playback('${file}', { expand: true })],
  ['api uuid_break A', (sess) => sess.breakMedia()],
  ['api uuid_break A all', (sess) => sess.breakMedia(true)],
  ['api uuid_audio A start write mute 1', (sess) => sess.mute()],
  ['api uuid_audio A start read mute 0', (sess) => sess.unmute('read')],
  ['api uuid_broadcast A one.wav both', (sess) => sess.broadcast('one.wav', { leg: 'both' })],
  ['say en number pronounced 42', (sess) => sess.say('42')],
  ['speak flite|kal|hello', (sess) => sess.speak('hello')],
  ['api uuid_send_dtmf A 12#@100', (sess) => sess.sendDtmf('12#', 100)],
  ['api uuid_record A start calls/a.wav', (sess) => sess.startRecord('calls/a.wav')],
  ['api uuid_record A stop all', (sess) => sess.stopRecord()],
  ['api uuid_record A mask calls/a.wav', (sess) => sess.record('mask', 'calls/a.wav')],
  ['api uuid_transfer A 100 XML public', (sess) => sess.transfer('100')],
  ['api uuid_transfer A 100 XML other', (sess) => sess.transfer('100', { context: 'other' })],
  ['deflect sip:x@y', (sess) => sess.deflect('sip:x@y')],
  ['api uuid_media off A', (sess) => sess.bypassMedia()],
  ['api uuid_media A', (sess) => sess.bypassMedia(false)],
  ['api uuid_getvar A x', (sess) => sess.getVar('x')],
  ['api uuid_setvar A x 1', (sess) => sess.setVar('x', 1)],
  ['api uuid_setvar A x', (sess) => sess.unsetVar('x')],
  ['bridge sofia/external/x@y', (sess) => sess.bridge({ dest: 'x@y', profile: 'external' })],
  ['bridge {a=1}sofia/gateway/g/x', (sess) => sess.bridge({ dest: 'x', gateway: 'g', vars: { a: 1 } })],
  ['sleep 100', (sess) => sess.execute('sleep', '100')],
  ['api status', (sess) => sess.api('status')],
]

const REFUSED: readonly Verb[] = [
  (sess) => sess.sendDtmf('1 2'),
  (sess) => sess.playback('one\ntwo'),
  (sess) => sess.playback('${file}'),
  (sess) => sess.startRecord('a\nb'),
  (sess) => sess.transfer('a\nb'),
  (sess) => sess.broadcast('a\0b'),
  (sess) => sess.speak('one|two'),
  (sess) => sess.bridge({ dest: 'two words' }),
  (sess) => sess.execute('sleep', '1\n\nexit'),
  (sess) => sess.api('...'),
]

describe('what a verb sends', () => {
  for (const [sent, verb] of VERBS)
    it(`is ${sent} for ${String(verb).replace('(sess) => ', '')}`, async () => {
      expect(await sentBy(verb)).toBe(sent)
    })

  it('is nothing where an argument cannot be sent safely', async () => {
    for (const verb of REFUSED) {
      expect(await sentBy(verb), String(verb)).toBeUndefined()
      await withOneSession(async ({ sess, end }) => {
        expect(await outcomeOf(verb(sess)), String(verb)).toMatchObject({ code: 'BAD_ARGUMENT' })
        await end()
      })
    }
  })
})
