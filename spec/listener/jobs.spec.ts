import { describe, expect, it } from 'vitest'
import { kept, outcomeOf, stateOf } from '../testing/promises.ts'
import { jobEvent, jobUuidOf, onScriptedSwitch, type Scripted } from '../service/on-scripted-switch.ts'
import { eventFrame, reply } from '../link/peer.ts'

const lastJob = ({ commands }: Scripted): string =>
  jobUuidOf(commands.findLast((each) => each.startsWith('bgapi')))

/** Waits until the command has come to the switch. */
const sent = ({ say }: Scripted): Promise<void> => say()

describe('a job', () => {
  it('gives its output, trimmed, and is known meanwhile', () =>
    onScriptedSwitch(async (at) => {
      const job = at.client.bgapi('status')
      await sent(at)
      expect(at.commands.at(-1)).toBe(`bgapi status\nJob-UUID: ${job.uuid}`)
      expect([at.client.countJobs(), job.result, job.failed, job.command]).toEqual([
        1,
        undefined,
        false,
        'status',
      ])
      expect(job.launched).toBe(at.clock.now() - 1)
      await at.say(jobEvent(job.uuid, 'UP 0 years\n'))
      expect(await job).toBe('UP 0 years')
      expect([at.client.countJobs(), job.result, job.failed]).toEqual([0, 'UP 0 years', false])
    }))

  it('without output gives nothing', () =>
    onScriptedSwitch(async (at) => {
      const job = at.client.bgapi('log notice hello')
      await at.say(eventFrame('Event-Name: BACKGROUND_JOB', `Job-UUID: ${job.uuid}`))
      expect(await job).toBe('')
    }))

  it('may report before the reply to its command', () =>
    onScriptedSwitch(
      async (at) => {
        const job = at.client.bgapi('status')
        await sent(at)
        expect(await job).toBe('early')
      },
      {
        answer(command) {
          const uuid = jobUuidOf(command)
          return uuid === '' ? undefined : jobEvent(uuid, 'early') + reply(`+OK Job-UUID: ${uuid}`)
        },
      },
    ))

  it('that fails rejects with JobError: what it was, what the switch said', () =>
    onScriptedSwitch(async (at) => {
      for (const [output, said] of [
        ['-ERR USER_BUSY\n', 'USER_BUSY'],
        ['-USAGE: <uuid>\n', '<uuid>'],
        ['-ERR nosuch Command not found!\n', 'nosuch Command not found!'],
      ] as const) {
        const job = at.client.bgapi('nosuch 1')
        await at.say(jobEvent(job.uuid, output))
        const error = { code: 'JOB_FAILED', command: 'nosuch 1', reply: said, jobUuid: job.uuid }
        expect(await outcomeOf(job)).toMatchObject(error)
        expect([job.failed, job.result]).toEqual([true, output.trim()])
      }
      expect(at.client.countJobs()).toBe(0)
    }))

  it('that the switch refuses, or that cannot be sent, rejects', () =>
    onScriptedSwitch(
      async (at) => {
        expect(await outcomeOf(at.client.bgapi('status'))).toMatchObject({ code: 'COMMAND_FAILED' })
        expect(await outcomeOf(at.client.bgapi('x\ny'))).toMatchObject({ code: 'BAD_ARGUMENT' })
        expect(at.client.countJobs()).toBe(0)
      },
      { answer: (command) => (command.startsWith('bgapi') ? reply('-ERR no') : undefined) },
    ))

  it('of another controller is none of ours', () =>
    onScriptedSwitch(async (at) => {
      const job = at.client.bgapi('status')
      await at.say(jobEvent('somebody-elses', '-ERR no'))
      expect(await stateOf(job)).toBe('pending')
      await at.say(jobEvent(job.uuid, '+OK'), jobEvent(job.uuid, '-ERR twice'))
      expect(await job).toBe('+OK')
    }))

  it('that nobody awaits is counted when it fails, and is no unhandled rejection', () =>
    onScriptedSwitch(async (at) => {
      void at.client.bgapi('nosuch')
      await sent(at)
      await at.say(jobEvent(lastJob(at), '-ERR no'))
      expect(at.client.counts.unseenFailures).toBe(1)
    }))

  it('ends with ConnectionLostError when the switch goes away', () =>
    onScriptedSwitch(async (at) => {
      const job = kept(at.client.bgapi('status'))
      await sent(at)
      at.peer.destroy()
      await sent(at)
      expect(await stateOf(job)).toMatchObject({ code: 'CONNECTION_LOST' })
    }))
})
