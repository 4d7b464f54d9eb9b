import type { AppFailure } from '../../listener/tasks.ts'
import type { Client } from '../../service/client.ts'
import type { TestCommand, TestLeg } from '../test-session.ts'
import type { RealWork } from '../real-work.ts'
import type { VirtualClock } from '../virtual-clock.ts'
import { showCommand, showWanted, type SentCommand, type Wanted } from './command.ts'
import { allOf, anyOf, failure, next, showAll, siteOf, tellStory, type Verdict } from './expect.ts'
import { runUntil } from './run-until.ts'
import type { ScriptedStage } from './stage.ts'

/** What a leg's expectations work with. */
export interface LegParts {
  readonly stage: ScriptedStage
  readonly client: Client
  readonly failures: readonly AppFailure[]
  readonly clock: VirtualClock
  readonly timeout: number
  readonly realWork: RealWork
}

type Test = (commands: readonly SentCommand[]) => Verdict

/** A leg as a test has it. */
export const createLeg = (
  { stage, client, failures, clock, timeout, realWork }: LegParts,
  uuid: string,
): TestLeg => {
  const told = new Map<SentCommand, TestCommand>()

  const commandOf = (command: SentCommand): TestCommand => {
    const known = told.get(command)
    if (known) return known
    const { name, arg, text } = command
    const made: TestCommand = {
      name,
      arg,
      text,
      t: stage.timeOf(command),
      complete: (headers) => stage.complete(command, headers),
      fail: (reason) => stage.fail(command, reason),
      digits: (digits) => stage.digits(command, digits),
      toString: () => showCommand(command),
    }
    told.set(command, made)
    return made
  }

  const story = (at?: SentCommand): string => tellStory({ ...stage.story(), failures }, at)

  /** Waits until the test says yes or no, until the app fails, or until the time is up. */
  const settled = (test: Test): Promise<void> =>
    runUntil(
      clock,
      realWork,
      () => failures.length > 0 || test(stage.waiting(uuid)) !== undefined,
      clock.now() + timeout,
    )

  const expectThat = async (what: string, test: Test, site: string): Promise<readonly SentCommand[]> => {
    await settled(test)
    const verdict = test(stage.waiting(uuid))
    if (verdict && 'taken' in verdict) {
      stage.take(verdict.taken)
      return verdict.taken
    }
    if (failures.length > 0)
      throw failure(`expected ${what}, but the app failed`, story(), {
        expected: what,
        cause: failures[0]?.error,
        site,
      })
    const wrong = verdict?.wrong
    const instead = wrong ? showCommand(wrong) : 'nothing'
    const message = wrong
      ? `expected ${what}, but ${instead} came`
      : [`expected ${what}, but nothing more came within ${timeout} ms`, ...realWork.stuck()].join('\n')
    throw failure(message, story(wrong), { expected: what, actual: instead, site })
  }

  const doneWith = async (taken: readonly SentCommand[]): Promise<readonly TestCommand[]> => {
    for (const command of taken) stage.complete(command)
    await clock.advance(0)
    return taken.map(commandOf)
  }

  const only = ([command]: readonly TestCommand[]): TestCommand => command as TestCommand

  const leg: TestLeg = {
    uuid,
    get session() {
      return client.session(uuid)
    },
    get commands() {
      return stage.sent(uuid).map(commandOf)
    },
    emit(name, headers) {
      const channel = stage.channels.get(uuid)
      if (channel) stage.emit(channel, name, headers)
    },
    dtmf(digits) {
      for (const digit of digits)
        leg.emit('DTMF', { 'DTMF-Digit': digit, 'DTMF-Duration': 2000, 'DTMF-Source': 'RTP' })
    },
    answer: () => leg.emit('CHANNEL_ANSWER'),
    hangup: (cause) => stage.hangUp(uuid, cause),
    async expect(name, arg) {
      const wanted: Wanted = [name, arg]
      return only(await doneWith(await expectThat(showWanted(wanted), next(wanted), siteOf(leg.expect))))
    },
    async expectRunning(name, arg) {
      const wanted: Wanted = [name, arg]
      const [command] = await expectThat(showWanted(wanted), next(wanted), siteOf(leg.expectRunning))
      return commandOf(command as SentCommand)
    },
    async expectAll(wanted) {
      const what = `${showAll(wanted, ', ')} in any order`
      return doneWith(await expectThat(what, allOf(wanted), siteOf(leg.expectAll)))
    },
    async expectAny(wanted) {
      return only(
        await doneWith(await expectThat(showAll(wanted, ' or '), anyOf(wanted), siteOf(leg.expectAny))),
      )
    },
    async expectNothing(ms = 0) {
      const site = siteOf(leg.expectNothing)
      await clock.advance(ms)
      const [wrong] = stage.waiting(uuid)
      if (wrong)
        throw failure(`expected nothing, but ${showCommand(wrong)} came`, story(wrong), {
          expected: 'nothing',
          actual: showCommand(wrong),
          site,
        })
    },
  }
  return leg
}
