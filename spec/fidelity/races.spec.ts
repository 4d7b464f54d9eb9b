import { describe, expect, it } from 'vitest'
import { chanceOf, raceOf } from '../../fidelity/races.ts'
import { maskValue } from '../../fidelity/normalise.ts'

/** Where an event stands in two runs of the same events. */
const raced = (a: readonly string[], b: readonly string[], label: string): string | undefined =>
  raceOf(a, a.indexOf(label), b, b.indexOf(label))

describe('what counts as a race', () => {
  it("is the scheduler's event and that of the command, either way", () => {
    const [one, other] = [
      ['API sched_api', 'ADD_SCHEDULE'],
      ['ADD_SCHEDULE', 'API sched_api'],
    ]
    expect(raced(one, other, 'ADD_SCHEDULE')).toBeDefined()
    expect(raced(other, one, 'API sched_api')).toBeDefined()
  })

  it('is nothing that passes an event of another kind', () => {
    const [one, other] = [
      ['API uuid_kill', 'BACKGROUND_JOB', 'ADD_SCHEDULE'],
      ['ADD_SCHEDULE', 'API uuid_kill', 'BACKGROUND_JOB'],
    ]
    expect(raced(one, other, 'ADD_SCHEDULE')).toBeUndefined()
  })

  it.each([
    ['PRIVATE_COMMAND', 'CHANNEL_HANGUP'],
    ['CALL_UPDATE', 'CHANNEL_BRIDGE'],
    ['API uuid_kill', 'BACKGROUND_JOB'],
    ['COMMAND', 'CHANNEL_EXECUTE_COMPLETE playback'],
  ])('is not %s before or after %s', (one, other) => {
    expect(raced([one, other], [other, one], one)).toBeUndefined()
  })

  it('is a park that nobody had subscribed to, at the beginning only', () => {
    expect(chanceOf(['CHANNEL_PARK', 'CHANNEL_ANSWER'], 0)).toBeDefined()
    expect(chanceOf(['CHANNEL_ANSWER', 'CHANNEL_PARK'], 1)).toBeUndefined()
  })
})

describe('what of a header is compared', () => {
  it('is whether a time was set at all', () => {
    expect(maskValue('Caller-Channel-Answered-Time', '0')).toBe('0')
    expect(maskValue('Caller-Channel-Answered-Time', '1795384435044487')).toBe('<time>')
  })

  it('is a session description, but for its numbers, its address and its ports', () => {
    const sdp = (id: number, port: number, mode: string): string =>
      `v=0\r\no=FreeSWITCH ${id} ${id + 1} IN IP4 127.0.0.5\r\nm=audio ${port} RTP/AVP 0\r\na=${mode}\r\n`
    const mask = (text: string): string => maskValue('variable_rtp_local_sdp_str', text)
    expect(mask(sdp(17, 30014, 'sendrecv'))).toBe(mask(sdp(99, 22146, 'sendrecv')))
    expect(mask(sdp(17, 30014, 'sendrecv'))).not.toBe(mask(sdp(17, 30014, 'sendonly')))
  })
})
