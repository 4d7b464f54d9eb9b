import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { onSwitch, type Client } from './on-switch.ts'
import type { WireEvent } from './recording.ts'

const header = (event: WireEvent, name: string): string | undefined =>
  event.headers.find(([one]) => one === name)?.[1]

const join = async (client: Client, uuid: string, room = 'room'): Promise<void> => {
  await client.send(
    `bgapi originate {origination_uuid=${uuid}}sofia/external/answer@127.0.0.5:5090 &conference(${room})`,
  )
  await client.clock.advance(200)
}

/** What the conferences told, in order: the action, and the member. */
const actions = (client: Client): string[] =>
  client
    .wire()
    .events.filter((event) => header(event, 'Event-Subclass') === 'conference%3A%3Amaintenance')
    .map((event) => `${header(event, 'Action') ?? ''} ${header(event, 'Member-ID') ?? ''}`.trim())

const api = (client: Client, command: string): Promise<string> => client.send(`api conference ${command}`)

describe('a conference', () => {
  it('begins with its first member, gives it the floor, and ends with its last', () =>
    onSwitch(async (client) => {
      await join(client, 'one', 'room@default')
      await join(client, 'two', 'room@default')
      expect(actions(client)).toEqual(['conference-create', 'add-member 1', 'floor-change 1', 'add-member 2'])
      await client.send('api uuid_kill one')
      await client.clock.advance(100)
      await client.send('api uuid_kill two')
      await client.clock.advance(100)
      expect(actions(client).slice(4)).toEqual([
        'floor-change',
        'del-member 1',
        'floor-change 2',
        'floor-change',
        'del-member 2',
        'conference-destroy',
      ])
      expect(await api(client, 'list')).toBe('+OK No active conferences.\n')
      expect(await api(client, 'room list')).toBe('-ERR Conference room not found\n')
    }, LIKE_RECORDED))

  it('is listed as text, XML and JSON', () =>
    onSwitch(async (client) => {
      await join(client, 'one')
      expect(await api(client, 'room list')).toBe(
        '1;sofia/external/answer@127.0.0.5:5090;one;answer;answer;hear|speak|floor;0;0;0\n',
      )
      expect(await api(client, 'room list delim ,')).toContain('1,sofia/external/')
      expect(await api(client, 'room list count')).toBe('1')
      expect(await api(client, 'list summary')).toMatch(
        /^\+OK Conference room \(1 member rate: 8000 flags: [^\n]*\n$/,
      )
      expect(await api(client, 'xml_list')).toContain('<conference name="room" member-count="1"')
      const listed = JSON.parse(await api(client, 'json_list')) as {
        conference_name: string
        members: { uuid: string; flags: { has_floor: boolean } }[]
      }[]
      expect(listed.map(({ conference_name: name }) => name)).toEqual(['room'])
      expect(listed[0]?.members.map(({ uuid, flags }) => [uuid, flags.has_floor])).toEqual([['one', true]])
      expect(await api(client, 'room json_list')).toMatch(/^\[\{\n\t\t"conference_name":\t"room",\n/)
    }, LIKE_RECORDED))

  it('mutes, deafens, lifts and lowers its members', () =>
    onSwitch(async (client) => {
      await join(client, 'one')
      await join(client, 'two')
      const steps: readonly (readonly [command: string, reply: string])[] = [
        ['mute 1', '+OK mute 1\n'],
        ['tmute 1', '+OK unmute 1\n'],
        ['deaf all', '+OK deaf 2\n+OK deaf 1\n'],
        ['undeaf last', '+OK undeaf 2\n'],
        ['volume_in 1 3', '+OK Volume IN 1 = 3\n'],
        ['volume_out 1 up', '+OK Volume OUT 1 = 1\n'],
        ['energy 1 200', 'Energy 1 = 200\n'],
        ['floor 2', '-ERR floor is held by 1\n'],
        ['get-uuid 2', 'two'],
        ['lock', '+OK room locked\n'],
        ['get count', '2'],
      ]
      for (const [command, reply] of steps)
        expect([command, await api(client, `room ${command}`)]).toEqual([command, reply])
      expect(await api(client, 'room list')).toBe(
        '2;sofia/external/answer@127.0.0.5:5090;two;answer;answer;hear|speak;0;0;0\n' +
          '1;sofia/external/answer@127.0.0.5:5090;one;answer;answer;speak|floor;3;1;200\n',
      )
      await join(client, 'three')
      expect(await api(client, 'room count')).toBe('2')
    }, LIKE_RECORDED))

  it('plays one file after the other, and asynchronous ones at once', () =>
    onSwitch(async (client) => {
      await join(client, 'one')
      const from = actions(client).length
      expect(await api(client, 'room play test/half.wav')).toBe('+OK (play) Playing file test/half.wav\n')
      expect(await api(client, 'room play test/half.wav')).toBe('+OK (play) Playing file test/half.wav\n')
      expect(await api(client, 'room play nothing.wav')).toBe('-ERR (play) File: nothing.wav not found.\n')
      await client.clock.advance(600)
      expect(actions(client).slice(from)).toEqual(['play-file', 'play-file', 'play-file-done'])
      expect(await api(client, 'room stop all')).toBe('+OK Stopped 1 files.\n')
      // The conference's own thread tells of it, with its next frame.
      await client.clock.advance(20)
      expect(actions(client).slice(from)).toHaveLength(4)
    }, LIKE_RECORDED))

  it('sends members away', () =>
    onSwitch(async (client) => {
      await join(client, 'one')
      await join(client, 'two')
      expect(await api(client, 'room kick 1')).toBe('+OK kicked 1\n')
      await client.clock.advance(100)
      expect(await client.send('api uuid_exists one')).toBe('false')
      expect(await api(client, 'room hup all')).toBe('+OK hup 2\n')
      await client.clock.advance(100)
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))

  it('says what it does not know', () =>
    onSwitch(async (client) => {
      await join(client, 'one')
      expect(await api(client, 'room')).toBe("Conference command, not specified.\nTry 'help'\n")
      expect(await api(client, 'room dance')).toBe("-ERR Conference command 'dance' not found.\n")
      expect(await api(client, 'room kick')).toBe(
        'kick <[member_id|all|last|non_moderator]> [<optional sound file>]',
      )
      expect(await api(client, 'room kick 9')).toBe('-ERR Non-Existant ID 9\n')
      expect(await api(client, 'room record /tmp/a.wav')).toMatch(/^-ERR .* is not modelled/)
    }, LIKE_RECORDED))

  it('ends with the member whose flags say so', () =>
    onSwitch(async (client) => {
      await join(client, 'one')
      await join(client, 'two', 'room+flags{endconf|mute}')
      expect(await api(client, 'room list')).toContain('two;answer;answer;hear;0')
      await client.send('api uuid_kill two')
      await client.clock.advance(200)
      expect(client.sim.channels()).toBe(0)
    }, LIKE_RECORDED))
})
