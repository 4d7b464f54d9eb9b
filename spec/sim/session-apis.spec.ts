import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { namesOn } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'

/** One channel, and the one that it has called. */
const call = async (client: Client): Promise<string> => {
  await client.send('bgapi originate {origination_uuid=one}sofia/external/answer@127.0.0.5:5090 &park()')
  await client.clock.advance(100)
  return client.uuid('B')
}

const REPLIES: readonly (readonly [command: string, reply: string])[] = [
  ['uuid_buglist one', '<media-bugs>\n</media-bugs>\n'],
  ['uuid_display', '-USAGE: <uuid> <display>\n'],
  ['uuid_display nobody A', '-ERR Operation failed\n'],
  ['uuid_chat one', '-USAGE: <uuid> <text>\n'],
  ['uuid_chat nobody hi', '-ERR No such channel nobody!\n'],
  ['uuid_send_info nobody hi', '-ERR Operation failed\n'],
  ['uuid_media off one', '+OK Success\n'],
  ['uuid_media nobody', '-ERR Operation failed\n'],
  ['uuid_deflect nobody sip:x@y', '-ERR No such channel nobody!\n'],
  ['uuid_fileman one speed:+1', '-ERR No file handle!\n'],
  ['uuid_flush_dtmf nobody', '-ERR No such session\n'],
  ['uuid_limit_release one', 'USAGE: uuid_limit_release <uuid> <backend> [realm] [resource]\n'],
  ['uuid_loglevel one 7', '+OK\n'],
  ['uuid_loglevel one loud', '-ERR Invalid log level!\n'],
  ['uuid_session_heartbeat one', '-USAGE: uuid_session_heartbeat <uuid> [sched] [0|<seconds>]\n'],
  ['uuid_preprocess one', '-USAGE: <>\n'],
  ['uuid_capture_text one on', '-ERR no reply\n'],
  ['uuid_codec_param one read x', '+OK Command sent reply: [NOT SENT]\n'],
  ['uuid_early_ok one', '-ERR no reply\n'],
  ['uuid_displace one start nothing.wav', '-ERR Cannot displace session!\n'],
  ['uuid_displace one stop nothing.wav', '-ERR Cannot stop displace session!\n'],
  [
    'uuid_dual_transfer one',
    '-USAGE: <uuid> <A-dest-exten>[/<A-dialplan>][/<A-context>] <B-dest-exten>[/<B-dialplan>][/<B-context>]\n',
  ],
  ['unsched_api 99', '-ERR No such id\n'],
  ['sched_transfer +1', '-USAGE: [+]<time> <uuid> <extension> [<dialplan>] [<context>]\n'],
  ['sched_transfer +1 nobody park', '-ERR No such channel!\n'],
  ['break', '-USAGE: <uuid> [all]\n'],
]

describe('api commands of a session', () => {
  it('answer as the real ones', () =>
    onSwitch(async (client) => {
      await call(client)
      for (const [command, reply] of REPLIES)
        expect([command, await client.send(`api ${command}`)]).toEqual([command, reply])
    }, LIKE_RECORDED))

  it('refuse what is not modelled, and say so', () =>
    onSwitch(async (client) => {
      await call(client)
      for (const command of [
        'uuid_deflect one sip:x@y',
        'uuid_limit one hash a b',
        'uuid_preprocess one agc.off',
      ])
        expect(await client.send(`api ${command}`)).toMatch(
          /^-ERR .* is not modelled by the embedded switch\n$/,
        )
    }, LIKE_RECORDED))

  it('tell the far end whom it talks to, and only once', () =>
    onSwitch(async (client) => {
      await call(client)
      const from = client.wire().events.length
      for (let i = 0; i < 2; i++) {
        expect(await client.send('api uuid_display one Ann|123')).toBe('+OK Success\n')
        await client.clock.advance(20)
      }
      expect(namesOn(client.wire().events.slice(from), 'A')).toEqual(['CALL_UPDATE'])
      expect(namesOn(client.wire().events.slice(from), 'B')).toEqual(['CALL_UPDATE', 'RECV_INFO'])
    }, LIKE_RECORDED))

  it('send text to the far end, as the body of RECV_INFO', () =>
    onSwitch(async (client) => {
      await call(client)
      expect(await client.send('api uuid_send_info one hello')).toBe('+OK Success\n')
      await client.clock.advance(20)
      const info = client.wire().events.find(({ name }) => name === 'RECV_INFO')
      expect([info?.leg, info?.body]).toEqual(['B', 'hello'])
    }, LIKE_RECORDED))

  it('beat for a session, until told not to', () =>
    onSwitch(async (client) => {
      await call(client)
      const beats = (): number =>
        client.wire().events.filter(({ name }) => name === 'SESSION_HEARTBEAT').length
      await client.send('api uuid_session_heartbeat one 2')
      await client.clock.advance(5000)
      expect(beats()).toBe(2)
      await client.send('api uuid_session_heartbeat one 0')
      await client.clock.advance(5000)
      expect(beats()).toBe(2)
    }, LIKE_RECORDED))

  it('add media bugs, which go with the call', () =>
    onSwitch(async (client) => {
      const b = await call(client)
      await client.send(`api uuid_displace ${b} start test/half.wav`)
      await client.send(`api uuid_audio ${b} start read mute 1`)
      expect(await client.send(`api uuid_buglist ${b}`)).toContain('<function>displace</function>')
      await client.send(`api uuid_audio ${b} stop`)
      await client.send('api uuid_kill one')
      await client.clock.advance(100)
      const bugs = client
        .wire()
        .events.filter(({ name }) => name.startsWith('MEDIA_BUG'))
        .map(({ name, headers }) => [name, headers.find(([one]) => one === 'Media-Bug-Function')?.[1]])
      expect(bugs).toEqual([
        ['MEDIA_BUG_START', 'displace'],
        ['MEDIA_BUG_START', 'audio'],
        ['MEDIA_BUG_STOP', 'audio'],
        ['MEDIA_BUG_STOP', 'displace'],
      ])
    }, LIKE_RECORDED))

  it('schedule a transfer, and take it back', () =>
    onSwitch(async (client) => {
      await call(client)
      expect(await client.send('api sched_transfer +1 one echo inline')).toBe('+OK\n')
      await client.clock.advance(2100)
      expect(await client.send('api uuid_getvar one current_application')).toBe('echo')
      await client.send('api sched_transfer +1 one park inline')
      expect(await client.send('api sched_del one')).toBe('+OK Deleted: 1\n')
      await client.clock.advance(2100)
      expect(await client.send('api uuid_getvar one current_application')).toBe('echo')
    }, LIKE_RECORDED))

  it('forget what is scheduled for a call that has ended', () =>
    onSwitch(async (client) => {
      await call(client)
      await client.send('api sched_hangup +100 one')
      await client.send('api uuid_kill one')
      await client.clock.advance(1000)
      const tasks = client.wire().events.filter(({ name }) => name.endsWith('_SCHEDULE'))
      expect(tasks.map(({ name }) => name)).toEqual(['ADD_SCHEDULE', 'DEL_SCHEDULE'])
    }, LIKE_RECORDED))
})
