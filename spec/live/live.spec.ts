import { expect, it } from 'vitest'
import { tonePlay } from '../../lib/apps/tone-play.ts'
import { dialString } from '../../lib/esl/dial-string.ts'
import { connect } from '../../lib/service/connect.ts'
import { outcomeOf } from '../testing/promises.ts'
import { describeLive, from, LIVE, onRealSwitch, REFUSED } from './on-real-switch.ts'

describeLive('connecting to a real switch', () => {
  it('gives a client that runs commands and jobs', (context) =>
    onRealSwitch(context, async ({ client }) => {
      expect(await client.api('status')).toContain('UP ')
      expect(await client.bgapi('status')).toContain('UP ')
      expect(await outcomeOf(client.api('nosuchcommand'))).toMatchObject({ code: 'API_ERROR' })
      expect(await outcomeOf(client.bgapi('nosuchcommand'))).toMatchObject({ code: 'JOB_FAILED' })
      expect(await client.api('uuid_break nosuch').catch(() => 'refused')).toBe('refused')
    }))

  it('fails with a wrong password', async () => {
    expect(await outcomeOf(connect(LIVE, { password: 'wrong' }))).toMatchObject({ code: 'AUTH_FAILED' })
  })

  it.skipIf(REFUSED === '')(
    `is refused by its access list${REFUSED === '' ? ': SKIPPED, set SWITCHIX_LIVE_REFUSED=address' : ''}`,
    async () => {
      const target = { host: LIVE, port: 0, connect: from(REFUSED) }
      expect(await outcomeOf(connect(target))).toMatchObject({ code: 'ACL_REJECTED' })
    },
  )
})

describeLive('a call on a real switch', () => {
  it('has two legs in one call and one app, and ends on both', (context) =>
    onRealSwitch(context, async ({ client, failures, call }) => {
      await client.load(tonePlay(), { id: 'switchix-tone' })
      const { caller, called } = await call({ app: 'switchix-tone' })
      expect([caller.appId, called.appId]).toEqual(['switchix-tone', 'switchix-tone'])
      expect([caller.direction, called.direction, caller.answered, called.answered]).toEqual([
        'outbound',
        'inbound',
        true,
        true,
      ])
      expect([caller.peer?.uuid, called.peer?.uuid]).toEqual([called.uuid, caller.uuid])
      const ended = new Promise<void>((resolve) =>
        client.onCallEnd((each) => each === caller.call && resolve()),
      )
      const gone = called.recv('CHANNEL_HANGUP')
      expect((await caller.hangup('USER_BUSY')).get('Hangup-Cause')).toBe('USER_BUSY')
      await gone
      await ended
      expect([caller.cause, called.hungup, failures]).toEqual(['USER_BUSY', true, []])
      expect(caller.times.answer).toBeGreaterThanOrEqual(caller.times.create ?? Infinity)
      expect(await outcomeOf(caller.answer())).toMatchObject({ code: 'HANGUP' })
    }))

  it('that fails says why', (context) =>
    onRealSwitch(context, async ({ client, profile }) => {
      const capture = await profile('capture')
      const host = capture.replace(/:\d+$/, '')
      const causes = {
        [`busy@${capture}`]: 'USER_BUSY',
        [`hbusy@${capture}`]: 'USER_BUSY',
        [`nobody_here@${capture}`]: 'NO_ROUTE_DESTINATION',
        [`sip_603@${capture}`]: 'CALL_REJECTED',
        [`sip_480@${capture}`]: 'NO_USER_RESPONSE',
        [`sip_503@${capture}`]: 'NORMAL_TEMPORARY_FAILURE',
        [`sip_404@${capture}`]: 'UNALLOCATED_NUMBER',
        [`sip_487@${capture}`]: 'ORIGINATOR_CANCEL',
        [`sip_500@${capture}`]: 'NORMAL_TEMPORARY_FAILURE',
        [`hup_UNALLOCATED_NUMBER@${capture}`]: 'UNALLOCATED_NUMBER',
        [`x@${host}:5999`]: 'NORMAL_TEMPORARY_FAILURE',
        'sofia/nosuchprofile/x@y': 'INVALID_PROFILE',
        'sofia/gateway/nosuchgw/100': 'INVALID_GATEWAY',
        'nosuchendpoint/foo': 'CHAN_NOT_IMPLEMENTED',
        [`user/nobody_here@${host}`]: 'SUBSCRIBER_ABSENT',
        'error/user_busy': 'USER_BUSY',
      }
      const found = await Promise.all(
        Object.keys(causes).map(
          async (dest) =>
            [
              dest,
              await outcomeOf(
                client.originate(dest.includes('/') ? dialString(dest) : dest, { timeout: 3000 }),
              ),
            ] as const,
        ),
      )
      expect(
        Object.fromEntries(found.map(([dest, error]) => [dest, (error as { reply?: string }).reply])),
      ).toEqual(causes)
      const ringing = await outcomeOf(client.originate(`ring@${capture}`, { timeout: 1000 }))
      expect(ringing).toMatchObject({ code: 'JOB_FAILED', reply: 'NO_ANSWER' })
      expect(client.countJobs()).toBe(0)
    }))
})
