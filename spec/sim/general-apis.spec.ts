import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch } from './on-switch.ts'

const VARIED = { ...LIKE_RECORDED, hostname: 'vm', sps: 1000, maxSessions: 10_000 }

const replies = (expected: Readonly<Record<string, string>>): Promise<void> =>
  onSwitch(async (client) => {
    for (const [command, reply] of Object.entries(expected))
      expect([command, await client.send(`api ${command}`)]).toEqual([
        command,
        reply === '' ? '-ERR no reply\n' : reply,
      ])
  }, VARIED)

describe('general api commands', () => {
  it('answer as recorded (h6)', () =>
    replies({
      'eval ${nosuch}': '',
      'eval $${sounds_dir}': '/var/freeswitch/sounds',
      'global_getvar nosuch': '',
      'expr 1+1': '2',
      'regex x|y': 'false',
      'md5 a': '0cc175b9c0f1b6a831c399e269772661',
      'url_encode a b': 'a%20b',
      'url_decode a%20b': 'a b',
      'strftime %Y': '2026',
      stun: '-STUN Failed! NO STUN SERVER\n',
      'fsctl max_sessions': '+OK max sessions: 10000\n',
      'fsctl sps': '+OK sessions per second: 1000\n',
      'fsctl loglevel': '+OK log level: DISABLE [-1]\n',
      'fsctl verbose_events': '+OK verbose_events is off \n',
      'fsctl last_sps': '+OK last sessions per second: 0\n',
      reloadxml: '+OK [Success]\n',
      'load nosuch': '+OK Reloading XML\n-ERR [module load file routine returned an error]\n',
      'load mod_bert': '+OK Reloading XML\n-ERR [Module already loaded]\n',
      'unload nosuch': '-ERR [No such module!]\n',
      'module_exists nosuch': 'false',
      'module_exists mod_sofia': 'true',
      'json {"command":"nosuch"}':
        '{"command":"nosuch","status":"error","message":"Invalid request or non-existant command","response":null}\n',
      'json garbage': '-ERR Parse error.\n',
      'xml_locate nosuch': "can't find anything\n",
      'acl 127.0.0.1 loopback.auto': 'true',
      'cond 1 == 1 ? true : false': 'true',
      'limit_usage hash a b': '0',
      'hash select/a/b': '',
      'db select/a/b': '',
      'sofia_contact 1000': 'error/user_not_registered',
      'user_exists id 1000 x': 'false',
      'host_lookup localhost': '127.0.0.1',
      'tolower ABC': 'abc',
      event_sink: 'This is a web application!\n',
      'console loglevel': '+OK console log level set to DEBUG\n',
      'domain_exists x': 'false',
      'nat_map status': 'false',
      'coalesce a,b': 'a',
      'alias add foo bar': '+OK\n',
      'complete add x': '+OK\n',
      'quote_shell_arg x y': "'x y'",
      time: '-ERR time Command not found!\n',
    }))

  it('help is that of the recorded switch, to the byte', () =>
    onSwitch(async (client) => {
      const text = await client.send('api help')
      expect(createHash('md5').update(text).digest('hex')).toBe('f2ac50689aca60d438698fb535e334a0')
      expect(text).toHaveLength(13_999)
      expect(await client.send('api help echo')).toBe('echo,<data>,Echo,mod_commands\n')
    }, VARIED))

  it('compute as their C sources do', () =>
    replies({
      'cond 5 > 10 ? yes : no': 'no',
      "cond 'abc' == 'abc' ? same : other": 'same',
      "cond '10' < 9 ? a : b": 'a',
      'cond abc != abd ? differ': 'differ',
      'cond abc == abd ? same': '',
      'cond nonsense': '-ERR',
      'regex 18005551212|^1(\\d{3})|%1': '800',
      'regex abc|^x|no': 'abc',
      'regex abc|^x|no|n': '',
      'regex abc|^x|no|b': 'false',
      'regex m:~a|b~^a\\|b~%0': 'a|b',
      'replace a.b.c|.|-': 'a-b-c',
      'coalesce ^^:::x:y': 'x',
      'expr 2*(3+4)^2/7': '14',
      'expr 10/4': '2.5',
      'expr 1/3': '0.3333333333',
      'expr 1+': '!err!',
      'expr sqrt(2)': '-ERR expr sqrt(2) is not modelled by the embedded switch\n',
      'escape a b$c': 'a\\sb\\$c',
      'toupper abc': 'ABC',
      'strftime 0| %Y-%m-%d %T': '1970-01-01 00:00:00',
      'strftime 86400| %a %d %b %j': 'Fri 02 Jan 002',
      'strftime_tz Europe/Berlin 1700000000|%d/%b/%y %I:%M %p %z': '14/Nov/23 11:13 PM +0100',
      'strftime_tz No/Where %Y': '-ERR Invalid timezone/format\n',
      'acl 192.168.1.9 rfc1918.auto': 'true',
      'acl 8.8.8.8 rfc1918.auto': 'false',
      'acl 10.1.2.3 10.0.0.0/8': 'true',
    }))

  it('keep what is put into them', () =>
    replies({
      'global_setvar my_global=one': '+OK',
      'eval a $${my_global} b': 'a one b',
      'expand echo ${my_global}': 'one',
      'eval ${md5(a)} ${echo x y}': '0cc175b9c0f1b6a831c399e269772661 x y',
      'eval ${my_global:1:1}': 'n',
      'hash insert/r/k/v': '+OK\n',
      'hash select/r/k': 'v',
      'hash insert_ifempty/r/k/w': '-ERR key already exists\n',
      'hash delete/r/k': '+OK\n',
      'db insert/r/k/v': '+OK',
      'db list/r': 'k',
      'db count/r': '1',
      'fsctl verbose_events true': '+OK verbose_events is on \n',
      'fsctl api_expansion off': '+OK api_expansion is off \n',
      'eval ${md5(b)}': '<API Execute Permission Denied>',
    }))

  it('verbose_events puts the variables on every event of a channel', () =>
    onSwitch(async (client) => {
      const withVariables = async (uuid: string): Promise<boolean> => {
        await client.send(
          `bgapi originate {origination_uuid=${uuid}}sofia/external/park@127.0.0.1:5080 &park()`,
        )
        const state = client.wire().events.findLast(({ name }) => name === 'CHANNEL_STATE')
        return state?.headers.some(([name]) => name.startsWith('variable_')) ?? false
      }
      expect(await withVariables('a')).toBe(false)
      await client.send('api fsctl verbose_events on')
      expect(await withVariables('b')).toBe(true)
    }))

  it('time_test and msleep take the time that they say', () =>
    onSwitch(async (client) => {
      client.write('api time_test 20000 3\n\n')
      await client.clock.advance(70)
      expect(client.wire().replies.at(-1)).toBe(
        'test 1 sleep 20000 20000\ntest 2 sleep 20000 20000\ntest 3 sleep 20000 20000\navg 20000\n',
      )
    }))

  it('file_exists and interface_ip ask this machine', () =>
    onSwitch(async (client) => {
      const file = new URL('../../package.json', import.meta.url).pathname
      expect(readFileSync(file).length).toBeGreaterThan(0)
      expect(await client.send(`api file_exists ${file}`)).toBe('true')
      expect(await client.send(`api file_exists ${file}.no`)).toBe('false')
      expect(await client.send('api interface_ip ipv4 lo')).toBe('127.0.0.1')
    }))

  it('an application argument is expanded with variables, the caller profile and api commands', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=a}sofia/external/park@127.0.0.1:5080 &park()')
      const b = client.uuid('B')
      client.write(
        `sendmsg ${b}\ncall-command: execute\nexecute-app-name: set\n` +
          'execute-app-arg: x=${destination_number} ${md5(a)} ${nosuch} \\${kept}\n\n',
      )
      await client.clock.advance(50)
      expect(await client.send(`api uuid_getvar ${b} x`)).toBe(
        'park 0cc175b9c0f1b6a831c399e269772661  ${kept}',
      )
    }))

  it('nothing that is evaluated breaks the switch', () =>
    onSwitch(async (client) => {
      await fc.assert(
        fc.asyncProperty(fc.string({ maxLength: 30 }), async (text) => {
          const line = text.replace(/[\r\n\0]/g, '')
          for (const api of ['eval ${', 'cond ', 'regex ', 'expr ', 'strftime ', 'hash ', 'json '])
            expect(await client.send(`api ${api}${line}`)).not.toBe('')
        }),
        { numRuns: 30 },
      )
    }))
})
