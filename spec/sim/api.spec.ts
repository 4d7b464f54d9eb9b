import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch, type Client } from './on-switch.ts'

const call = async (client: Client, vars = ''): Promise<void> => {
  await client.send(`bgapi originate {origination_uuid=a${vars}}sofia/external/park@127.0.0.5:5080 &park()`)
  await client.send(`api uuid_answer ${client.uuid('B')}`)
  await client.clock.advance(50)
}

describe('api commands', () => {
  it('answer as in the recordings (h5, h6)', () =>
    onSwitch(async (client) => {
      await call(client)
      const replies: Record<string, string> = {
        'api ': '-ERR  Command not found!\n',
        'api nosuch': '-ERR nosuch Command not found!\n',
        'api  status': '-ERR  Command not found!\n',
        'api echo': '-ERR no reply\n',
        'api echo hello': 'hello',
        'api version':
          'FreeSWITCH Version 1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit (git a88d069 2024-08-02 21:02:27Z 64bit)\n',
        'api global_getvar sounds_dir': '/var/freeswitch/sounds',
        'api global_getvar nosuch': '-ERR no reply\n',
        'api msleep 1': '+OK',
        'api uuid_exists a': 'true',
        'api uuid_exists nosuch': 'false',
        'api uuid_getvar a nosuchvar': '_undef_',
        'api uuid_getvar nosuch x': '-ERR No such channel!\n',
        'api uuid_setvar a my_var hello world': '+OK\n',
        'api uuid_getvar a my_var': 'hello world',
        'api uuid_setvar a my_var': '+OK\n',
        'api UUID_GETVAR a my_var': '_undef_',
        'api uuid_setvar': '-USAGE: <uuid> <var> [value]\n',
        'api uuid_setvar_multi a a1=x;b1=y z;c1=1': '+OK\n',
        'api uuid_getvar a b1': 'y z',
        'api uuid_dump nosuch': '-ERR No such channel!\n',
        'api uuid_answer nosuch': '-ERROR\n',
        'api uuid_park a': '+OK\n',
        'api uuid_kill nosuch': '-ERR No such channel!\n',
        'api uuid_kill': '-USAGE: <uuid> [cause]\n',
        'api uuid_break a': '+OK\n',
        'api show channels count': '\n2 total.\n',
        'api show calls count': '\n2 total.\n',
        'api show bridged_calls as json': '{"row_count": 0}\n',
        'api show registrations': '\n0 total.\n',
        'api sched_hangup +100 a': '+OK\n',
        'api sched_hangup': '-USAGE: [+]<time> <uuid> [<cause>]\n',
        'api sched_del a': '+OK Deleted: 1\n',
        'api fsctl max_sessions': '+OK max sessions: 100000\n',
        'api sofia status profile nosuch': 'Invalid Profile!\n',
        'api originate':
          '-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]\n',
        'api hupall NORMAL_CLEARING my_var2 x':
          '+OK hangup all channels matching [my_var2]=[x] with cause: NORMAL_CLEARING\n',
        'api hupall': '+OK hangup all channels with cause MANAGER_REQUEST\n',
      }
      for (const [command, reply] of Object.entries(replies)) {
        expect([command, await client.send(command)]).toEqual([command, reply])
        await client.clock.advance(30)
      }
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('that are real but not modelled say so, and do nothing', () =>
    onSwitch(async (client) => {
      await call(client)
      for (const command of [
        'sofia_dig a',
        'system true',
        'fsctl debug_level 3',
        'sofia recover',
        'show modules',
      ])
        expect(await client.send(`api ${command}`)).toMatch(
          /^-ERR .* is not modelled by the embedded switch\n$/,
        )
      expect(client.sim.channels()).toBe(2)
    }, LIKE_RECORDED))

  it('sofia status profile shows where it listens, as a tool would look it up (h6)', () =>
    onSwitch(async (client) => {
      const reply = await client.send('api sofia status profile external')
      expect(reply).toContain('BIND-URL         \tsip:mod_sofia@127.0.0.5:5080;transport=udp,tcp\n')
      expect(reply).toHaveLength(898)
      const list = await client.send('api sofia status')
      expect(list).toHaveLength(567)
      expect(list).toContain(
        '                 external\tprofile\t              sip:mod_sofia@127.0.0.5:5080\tRUNNING (0)\n',
      )
    }, LIKE_RECORDED))

  it('show channels as json has a row for each leg, with the columns of the real table', () =>
    onSwitch(async (client) => {
      await call(client, ',origination_caller_id_name=Tester,origination_caller_id_number=100')
      const table = JSON.parse(await client.send('api show channels as json')) as {
        row_count: number
        rows: Record<string, string>[]
      }
      expect(table.row_count).toBe(2)
      expect(Object.keys(table.rows[0] ?? {})).toHaveLength(38)
      expect(
        table.rows.map(({ cid_name, callee_name, dest, application, state }) => [
          cid_name,
          callee_name,
          dest,
          application,
          state,
        ]),
      ).toEqual([
        ['park', 'Tester', 'park', 'park', 'CS_EXECUTE'],
        ['Tester', '', 'park', 'park', 'CS_EXECUTE'],
      ])
    }, LIKE_RECORDED))

  it('show application lists what is modelled and nothing else', () =>
    onSwitch(async (client) => {
      const text = await client.send('api show application')
      const lines = text.split('\n')
      expect(lines[0]).toBe('name,description,syntax,ikey')
      const names = lines.slice(1, -3).map((line) => line.split(',')[0])
      expect(names).toContain('play_and_get_digits')
      expect(names).not.toContain('speak')
      expect(lines.slice(-3)).toEqual(['', `${names.length} total.`, ''])
      const table = JSON.parse(await client.send('api show application as json')) as {
        row_count: number
        rows: Record<string, string>[]
      }
      expect(table.row_count).toBe(names.length)
      expect(table.rows[0]).toEqual({
        name: 'answer',
        description: 'Answer the call',
        syntax: '',
        ikey: 'mod_dptools',
      })
    }, LIKE_RECORDED))

  it('uuid_dump gives the channel, plain and as json', () =>
    onSwitch(async (client) => {
      await call(client)
      expect(await client.send('api uuid_dump a')).toMatch(/^Event-Name: CHANNEL_DATA\n[^]*\n\n$/)
      const dump = JSON.parse(await client.send('api uuid_dump a json')) as Record<string, string>
      expect(dump['Unique-ID']).toBe('a')
      expect(dump['variable_sip_req_uri']).toBe('park@127.0.0.5:5080')
    }, LIKE_RECORDED))

  it('sched_hangup +N hangs up within a second and a half of it, without the + at once', () =>
    onSwitch(async (client) => {
      await call(client)
      await client.send('api sched_hangup +2 a')
      await client.clock.advance(1000)
      expect(client.sim.channels()).toBe(2)
      await client.clock.advance(1600)
      expect(client.sim.channels()).toBe(0)
      const hangup = client.wire().events.find(({ name }) => name === 'CHANNEL_HANGUP')
      expect(hangup?.headers).toContainEqual(['Hangup-Cause', 'ALLOTTED_TIMEOUT'])
      await call(client)
      await client.send('api sched_hangup 30 a')
      await client.clock.advance(600)
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('an api command holds events back until it has answered', () =>
    onSwitch(async (client) => {
      const before = client.text().length
      await client.send('api originate {origination_uuid=a}sofia/external/answer@127.0.0.5:5090 &park()')
      expect(client.text()).toHaveLength(before)
      await client.clock.advance(100)
      expect(client.text().slice(before)).toMatch(
        /^Content-Type: api\/response\nContent-Length: 6\n\n\+OK a\n/,
      )
      expect(client.wire().events.length).toBeGreaterThan(20)
    }, LIKE_RECORDED))

  it('a job answers at once, with its own uuid or the one that it is given; nobody gets an event unasked', () =>
    onSwitch(
      async (client) => {
        expect(await client.send('bgapi echo hi\nJob-UUID: mine')).toBe('+OK Job-UUID: mine')
        expect(await client.send('bgapi nosuch x')).toMatch(/^\+OK Job-UUID: [\da-f-]{36}$/)
        await client.send('bgapi echo')
        const jobs = client.wire().events
        expect(jobs.map(({ body }) => body)).toEqual(['hi', '-ERR nosuch Command not found!\n', ''])
        expect(jobs[0]?.headers).toContainEqual(['Job-UUID', 'mine'])
        expect(jobs[2]?.headers.map(([name]) => name)).not.toContain('Content-Length')
      },
      {},
      'BACKGROUND_JOB',
    ))
})

describe('originate', () => {
  it('carries variables through its rounds of quoting, and sip_h_ ones to the far leg', () =>
    onSwitch(async (client) => {
      await client.send(
        String.raw`bgapi originate {origination_uuid=a,one='x, y',two=a\sb,sip_h_X-Id=7,^^:no}sofia/external/park@127.0.0.5:5080 &park()`,
      )
      await client.send(
        `bgapi originate {^^:origination_uuid=b:list=1,2,3}sofia/external/park@127.0.0.5:5080 '&park(a b)'`,
      )
      await client.clock.advance(30)
      expect(await client.send('api uuid_getvar a two')).toBe('a b')
      expect(await client.send('api uuid_getvar b list')).toBe('1,2,3')
      expect(await client.send(`api uuid_getvar ${client.uuid('B')} sip_h_X-Id`)).toBe('7')
      expect(await client.send('api uuid_getvar a sip_h_X-Id')).toBe('7')
    }, LIKE_RECORDED))

  it('goes to an extension of the dialplan, too', () =>
    onSwitch(async (client) => {
      await client.send(
        'bgapi originate {origination_uuid=a}sofia/external/answer@127.0.0.5:5090 hbusy XML capture',
      )
      await client.clock.advance(100)
      const hangup = client.wire().events.find(({ name, leg }) => name === 'CHANNEL_HANGUP' && leg === 'A')
      expect(hangup?.headers).toContainEqual(['Hangup-Cause', 'USER_BUSY'])
    }, LIKE_RECORDED))

  it('reaches parties that are not on the switch, as they are told to behave', () =>
    onSwitch(
      async (client) => {
        await client.send('bgapi originate {origination_uuid=a}sofia/external/bob@192.0.2.9 &park()')
        await client.clock.advance(4000)
        const names = client.wire().events.map(({ name }) => name)
        expect(names).toContain('CHANNEL_PROGRESS')
        expect(names).toContain('CHANNEL_PARK')
        expect(client.sim.channels()).toBe(0)
      },
      {
        ...LIKE_RECORDED,
        calledParty: ({ host }) =>
          host === '192.0.2.9' ? { ringAfter: 100, answerAfter: 1000, hangupAfter: 2000 } : undefined,
      },
    ))

  it('runs no application before the answer when early media is ignored', () =>
    onSwitch(async (client) => {
      await client.send(
        'bgapi originate {origination_uuid=a,ignore_early_media=true}sofia/external/early@127.0.0.5:5090 &park()',
      )
      await client.clock.advance(1000)
      const parks = (): number =>
        client.wire().events.filter(({ name, leg }) => name === 'CHANNEL_PARK' && leg === 'A').length
      expect(parks()).toBe(0)
      await client.clock.advance(1500)
      expect(parks()).toBe(1)
    }, LIKE_RECORDED))

  it('sets no variable twice on the way from ringing by early media to the end', () =>
    onSwitch(async (client) => {
      await client.send('bgapi originate {origination_uuid=a}sofia/external/park@127.0.0.5:5080 &park()')
      const step = (app: string): Promise<string> =>
        client.send(`sendmsg ${client.uuid('B')}\ncall-command: execute\nexecute-app-name: ${app}`)
      for (const app of ['ring_ready', 'pre_answer', 'answer']) {
        await step(app)
        await client.clock.advance(100)
      }
      await client.send('api uuid_kill a')
      await client.clock.advance(100)
      for (const { headers } of client.wire().events) {
        const names = headers.map(([name]) => name).filter((name) => name.startsWith('variable_'))
        expect(names).toHaveLength(new Set(names).size)
      }
    }, LIKE_RECORDED))
})
