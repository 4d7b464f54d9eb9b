import { describe, expect, it } from 'vitest'
import { LIKE_RECORDED } from './capture-dialplan.ts'
import { headerDifferences, inPairs, namesOn, ofLeg } from './compare.ts'
import { onSwitch, type Client } from './on-switch.ts'
import { recording } from './recording.ts'

const app = (uuid: string, name: string, arg = ''): string =>
  `sendmsg ${uuid}\ncall-command: execute\nexecute-app-name: ${name}${arg === '' ? '' : `\nexecute-app-arg: ${arg}`}`

/** A parked leg to bridge from: the far leg of a call, which the recordings have from outside. */
const parked = async (client: Client): Promise<string> => {
  await client.send('bgapi originate sofia/external/park@127.0.0.5:5080 &park()')
  return client.uuid('B')
}

describe('the bridge application', () => {
  it('dials, rings, answers, bridges and ends as in the recording (b1)', () =>
    onSwitch(async (client) => {
      const a = await parked(client)
      await client.send(
        app(a, 'bridge', '{origination_caller_id_number=200}sofia/external/ringanswer@127.0.0.5:5090'),
      )
      await client.clock.advance(2000)
      await client.send(`api uuid_kill ${client.uuid('C')}`)
      await client.clock.advance(100)
      const real = recording('b1_bridge_app_from_park').events
      const { events } = client.wire()
      expect(namesOn(events, 'B').slice(0, namesOn(real, 'A').length)).toEqual(namesOn(real, 'A'))
      expect(namesOn(events, 'C')).toEqual(namesOn(real, 'B'))
      expect(namesOn(events, 'D')).toEqual(namesOn(real, 'C'))
      // The caller of the recording is another make, and has headers of its own; its B leg has the names of ours.
      const ours = ofLeg(events, 'C').map((event) => ({
        ...event,
        // Ours says how its number is shown, and hands that on.
        headers: event.headers.filter(([name]) => name !== 'variable_sip_cid_type'),
      }))
      expect(headerDifferences(...inPairs(ofLeg(real, 'B'), ours))).toEqual([])
      expect(headerDifferences(...inPairs(ofLeg(real, 'C'), ofLeg(events, 'D')))).toEqual([])
    }, LIKE_RECORDED))

  it.each(['ringback=%(2000,4000,440)', 'bridge_pre_execute_bleg_app=playback'])(
    'is refused where %s asks it for what is not modelled',
    (variable) =>
      onSwitch(async (client) => {
        const a = await parked(client)
        await client.send(app(a, 'bridge', `{${variable}}sofia/external/answer@127.0.0.5:5090`))
        await client.clock.advance(500)
        const causes = client.wire().events.filter(({ name }) => name === 'CHANNEL_HANGUP')
        expect(causes[0]?.headers).toContainEqual(['Hangup-Cause', 'CHAN_NOT_IMPLEMENTED'])
      }, LIKE_RECORDED),
  )

  it('a failed bridge leaves its cause behind and goes on where continue_on_fail says so (b3)', () =>
    onSwitch(async (client) => {
      const a = await parked(client)
      await client.send(app(a, 'answer'))
      await client.clock.advance(50)
      await client.send(app(a, 'set', 'continue_on_fail=true'))
      await client.send(app(a, 'bridge', 'sofia/external/busy@127.0.0.5:5090'))
      await client.clock.advance(100)
      expect(await client.send(`api uuid_getvar ${a} originate_disposition`)).toBe('USER_BUSY')
      expect(await client.send(`api uuid_getvar ${a} DIALSTATUS`)).toBe('BUSY')
      expect(await client.send(`api uuid_exists ${a}`)).toBe('true')
      const states = client
        .wire()
        .events.filter(({ leg, name }) => leg === 'B' && name === 'CHANNEL_CALLSTATE')
        .map(({ headers }) => headers.find(([name]) => name === 'Channel-Call-State')?.[1])
      expect(states).toEqual(['RINGING', 'ACTIVE', 'RING_WAIT', 'ACTIVE'])
      await client.send(app(a, 'bridge', '[leg_timeout=1]sofia/external/ring@127.0.0.5:5090'))
      await client.clock.advance(2500)
      expect(await client.send(`api uuid_getvar ${a} originate_disposition`)).toBe('ALLOTTED_TIMEOUT')
    }, LIKE_RECORDED))

  it('without continue_on_fail the caller goes with the cause', () =>
    onSwitch(async (client) => {
      const a = await parked(client)
      await client.send(app(a, 'bridge', 'sofia/external/busy@127.0.0.5:5090'))
      await client.clock.advance(200)
      expect(client.sim.channels()).toBe(0)
      const jobs = client.wire().events.filter(({ name }) => name === 'BACKGROUND_JOB')
      expect(jobs.map(({ body }) => body)).toEqual(['-ERR USER_BUSY\n'])
    }, LIKE_RECORDED))

  it('the caller that hangs up takes its other leg along', () =>
    onSwitch(async (client) => {
      const a = await parked(client)
      await client.send(app(a, 'bridge', 'sofia/external/answer@127.0.0.5:5090'))
      await client.clock.advance(200)
      expect(client.sim.channels()).toBe(4)
      await client.send(`api uuid_kill ${a}`)
      await client.clock.advance(200)
      expect(client.sim.channels()).toBe(0)
      expect(namesOn(client.wire().events, 'B')).toContain('CHANNEL_UNBRIDGE')
    }, LIKE_RECORDED))
})
