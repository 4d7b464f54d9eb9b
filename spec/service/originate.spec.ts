import { describe, expect, it } from 'vitest'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { channelEvent, jobEvent, onScriptedSwitch } from './on-scripted-switch.ts'

describe('an originate', () => {
  const begins = (uuid: string): string =>
    channelEvent('CHANNEL_CREATE', uuid, { 'Call-Direction': 'outbound' })

  it('gives the session of the uuid it chose, once the job says that it is answered', () =>
    onScriptedSwitch(async (at) => {
      const job = at.client.originate('park@127.0.0.1:5080', { uuid: 'A' })
      await at.say(begins('A'))
      expect(job.session).toBe(at.client.session('A'))
      expect(job.session?.job).toBe(job)
      expect(await stateOf(job)).toBe('pending')
      await at.say(channelEvent('CHANNEL_ANSWER', 'A'), jobEvent(job.uuid, '+OK A\n'))
      expect(await job).toBe(job.session)
    }))

  it('rejects with the hangup cause, be the channel gone before its job reports or after', () =>
    onScriptedSwitch(async (at) => {
      const gone = channelEvent('CHANNEL_DESTROY', 'A', { 'Hangup-Cause': 'USER_BUSY' })
      for (const before of [true, false]) {
        const job = kept(at.client.originate('x@y', { uuid: 'A' }))
        const report = jobEvent(job.uuid, '-ERR USER_BUSY\n')
        await at.say(begins('A'), ...(before ? [gone, report] : [report, gone]))
        expect(await outcomeOf(job)).toMatchObject({ code: 'JOB_FAILED', reply: 'USER_BUSY' })
        expect(String(await outcomeOf(job))).toContain('originate x@y: USER_BUSY')
        expect([job.session?.cause, at.client.countSessions()]).toEqual(['USER_BUSY', 0])
      }
    }))

  it('that fails before there is a channel has no session, and none of that uuid becomes its own later', () =>
    onScriptedSwitch(async (at) => {
      const job = kept(at.client.originate('x@y', { uuid: 'A' }))
      await at.say(jobEvent(job.uuid, '-ERR INVALID_PROFILE\n'))
      expect(await outcomeOf(job)).toMatchObject({ reply: 'INVALID_PROFILE' })
      await at.say(begins('A'))
      expect([job.session, at.client.session('A')?.job]).toEqual([undefined, undefined])
    }))

  it('that is answered, but whose session was never seen, is a JobError', () =>
    onScriptedSwitch(async (at) => {
      const job = kept(at.client.originate('x@y', { uuid: 'A' }))
      await at.say(jobEvent(job.uuid, '+OK A\n'))
      expect(await outcomeOf(job)).toMatchObject({
        code: 'JOB_FAILED',
        reply: '+OK A, but no session of that uuid was seen',
      })
    }))

  it('for an app that is not loaded, or with a bad argument, is refused before it is sent', () =>
    onScriptedSwitch(async (at) => {
      const { length } = at.commands
      expect(await outcomeOf(at.client.originate('x@y', { app: 'none' }))).toMatchObject({
        code: 'BAD_ARGUMENT',
      })
      expect(await outcomeOf(at.client.originate('x y'))).toMatchObject({ code: 'BAD_ARGUMENT' })
      expect(await outcomeOf(at.client.originate('x@y', { timeout: 0 }))).toMatchObject({
        code: 'BAD_ARGUMENT',
      })
      await at.say()
      expect([at.commands.length, at.client.countJobs()]).toEqual([length, 0])
    }))

  it('under a uuid that there is already is refused', () =>
    onScriptedSwitch(async (at) => {
      await at.say(begins('A'))
      const job = kept(at.client.originate('x@y', { uuid: 'B' }))
      for (const uuid of ['A', 'B'])
        expect(await outcomeOf(at.client.originate('x@y', { uuid }))).toMatchObject({ code: 'BAD_ARGUMENT' })
      await at.say(begins('B'))
      expect(job.session?.uuid).toBe('B')
    }))

  it('sends the call and the app along, so that the far leg is known by them', () =>
    onScriptedSwitch(async (at) => {
      await at.client.load({ name: 'Any', on: { CHANNEL_PARK: () => undefined } }, { id: 'tone' })
      void at.client.originate('x@y', { uuid: 'A', app: 'tone' }).catch(() => undefined)
      await at.say()
      expect(at.commands.at(-1)).toMatch(
        /origination_uuid=A.*sip_h_X-Switchix-Call=[\w-]{22}.*sip_h_X-Switchix-App=tone/,
      )
    }))
})
