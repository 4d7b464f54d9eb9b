import type { HangupCause } from '../esl/hangup-causes.ts'
import type { EventName } from '../esl/event-names.ts'
import type { AppFailure } from '../listener/tasks.ts'
import type { Session } from '../model/session.ts'
import type { Client } from '../service/client.ts'
import { connect } from '../service/connect.ts'
import { appFrom, type AppSource } from '../service/factory.ts'
import type { EventHeaders, LegOptions } from './scripted/channel.ts'
import { showCommand, type ArgMatch, type Wanted } from './scripted/command.ts'
import { failure, tellStory } from './scripted/expect.ts'
import { createLeg, type LegParts } from './scripted/leg.ts'
import { createStage } from './scripted/stage.ts'
import type { ReplyRule } from './scripted/switch.ts'
import { createRealWork, REAL_WORK_MS, requireRealWork, untilRealWorkIsDone } from './real-work.ts'
import { virtualClock, type VirtualClock } from './virtual-clock.ts'

/** A command that the app has sent. */
export interface TestCommand {
  /** The application (`playback`), the API (`uuid_kill`), or the command itself. */
  readonly name: string
  /** What it was given, without the uuid of its session. */
  readonly arg: string
  /** As it went to the switch, without the blank line. */
  readonly text: string
  /** When it came, in ms since the call began. */
  readonly t: number
  /** Has it done, as a switch would; `headers` are put on the event that says so. Once: then it does nothing. */
  complete(headers?: EventHeaders): void
  /** Has it fail: with a hangup cause for a bridge or an originate, else with that `Application-Response`. */
  fail(reason: string): void
  /** Has it done with these digits: `play_and_get_digits`, `read`. */
  digits(digits: string): void
  /** `playback hello.wav` */
  toString(): string
}

/**
 * A leg of a scripted call. What `expect…` is given are names, of the verb (`hangup`) or on the wire (`uuid_kill`), and
 * what the command is given: text (all of it), a pattern, or a test. They reject with an AssertionError that tells what
 * came instead. While they wait the time of the call goes on: as far as the next command, at most `timeout`.
 */
export interface TestLeg {
  readonly uuid: string
  /** The leg as the app knows it; undefined before the app has its first event, and after its last. */
  readonly session: Session | undefined
  /** All commands for this leg so far. */
  readonly commands: readonly TestCommand[]
  /** Has the switch tell of an event of this leg. An app that has not asked for such events does not get it. */
  emit(name: EventName, headers?: EventHeaders): void
  /** Has the other end press these keys: a DTMF event for each. */
  dtmf(digits: string): void
  /** Has the other end answer. */
  answer(): void
  /** Has the other end hang up. */
  hangup(cause?: HangupCause): void
  /** The next command is this one. It is done then, as a switch would have it done. */
  expect(name: string, arg?: ArgMatch): Promise<TestCommand>
  /** The next command is this one. It goes on until the test ends it: `complete`, `fail`, `digits`. */
  expectRunning(name: string, arg?: ArgMatch): Promise<TestCommand>
  /** The next commands are these, in any order. They are done then. */
  expectAll(wanted: readonly Wanted[]): Promise<readonly TestCommand[]>
  /** The next command is one of these. It is done then. */
  expectAny(wanted: readonly Wanted[]): Promise<TestCommand>
  /** No command comes, for so many ms. Default 0: nothing that the app does without waiting. */
  expectNothing(ms?: number): Promise<void>
}

export interface TestSessionOptions extends LegOptions {
  /**
   * The events that the call begins with. Default: for an inbound leg CHANNEL_CREATE and CHANNEL_PARK, for an outbound
   * one CHANNEL_CREATE, CHANNEL_ORIGINATE, CHANNEL_ANSWER and CHANNEL_PARK.
   */
  readonly begin?: readonly EventName[] | undefined
  /** How long an expectation waits, in ms of the call. Default 60 000. */
  readonly timeout?: number | undefined
  /**
   * How long a function of the app may be at real work (a file, a socket, a timer of Node), in ms of the machine: the time of the
   * call stands still meanwhile. Default 5000. 0: it goes on.
   */
  readonly realWork?: number | undefined
}

/** A call to an app, on a switch that says what the test has it say. Itself the call's first leg. */
export interface TestSession extends TestLeg, AsyncDisposable {
  readonly clock: VirtualClock
  readonly client: Client
  /** The app's functions that failed. */
  readonly failures: readonly AppFailure[]
  /** Every leg so far, those that a bridge or an originate brought included. */
  readonly legs: readonly TestLeg[]
  /** The leg that came last, beside the first. Throws where there is none. */
  readonly peer: TestLeg
  /** Adds a leg: CHANNEL_CREATE is told of it, the rest is the test's. */
  leg(options?: LegOptions): TestLeg
  /** What such commands are answered with from now on: `t.reply('uuid_getvar', 'blue')`, `t.reply('hangup', '-ERR …')`. */
  reply(name: string, rule: ReplyRule): void
  /** Such commands are done at once, and expectations do not see them. */
  ignore(...names: string[]): void
  /**
   * Lets the call go on by itself for so many ms; every command is done as soon as it comes. Default: until the app
   * waits for nothing more that time brings.
   */
  run(ms?: number): Promise<void>
  /** Ends the test: rejects where commands are left that nobody expected, or the app failed; takes everything down. */
  end(): Promise<void>
}

const BEGIN = {
  inbound: ['CHANNEL_CREATE', 'CHANNEL_PARK'],
  outbound: ['CHANNEL_CREATE', 'CHANNEL_ORIGINATE', 'CHANNEL_ANSWER', 'CHANNEL_PARK'],
} as const

const TIMEOUT = 60_000

/**
 * Begins a call to an app on a scripted switch, in virtual time. Without options: an inbound call from 1000 to 100 that is
 * parked. Time stands still until the test first waits for something, and the app has seen nothing until then. Rejects with
 * AppLoadError.
 */
export const testSession = async (app: AppSource, options: TestSessionOptions = {}): Promise<TestSession> => {
  const limit = requireRealWork(options.realWork ?? REAL_WORK_MS)
  const clock = virtualClock()
  const failures: AppFailure[] = []
  const stage = createStage(clock)
  const target = { host: 'scripted', port: 0, clock, connect: stage.connect, audit: false }
  const connecting = connect(target, {
    onAppError: (failure) => failures.push(failure),
  })
  const client = await clock.run(connecting)
  const realWork = createRealWork({
    limit,
    client: () => client,
    commandsTo: (uuid) => stage.sent(uuid).length,
  })
  await clock.run(client.load(appFrom(app)))
  clock.standStillWhile(() => realWork.underWay())

  const legs = new Map<string, TestLeg>()
  const parts: LegParts = { stage, client, failures, clock, timeout: options.timeout ?? TIMEOUT, realWork }
  const legOf = (uuid: string): TestLeg => {
    const leg = legs.get(uuid) ?? createLeg(parts, uuid)
    legs.set(uuid, leg)
    return leg
  }
  const first = stage.add(options)
  const direction = options.direction ?? 'inbound'
  // Time stands still until the first wait: the test can still say what shall be answered.
  for (const name of options.begin ?? BEGIN[direction]) stage.emit(first, name)

  const all = (): TestLeg[] => Array.from(stage.channels.keys(), legOf)
  const close = async (): Promise<void> => {
    for (const uuid of stage.channels.keys()) stage.hangUp(uuid)
    await clock.advance(0)
    if (client.connected) await clock.run(client.close())
  }
  const verify = (): void => {
    const left = stage.left()
    if (left.length === 0 && failures.length === 0) return
    const story = tellStory({ ...stage.story(), failures }, left[0])
    if (failures.length > 0) throw failure('the app failed', story, { cause: failures[0]?.error })
    throw failure(`${left.length} command${left.length === 1 ? '' : 's'} came that nobody expected`, story, {
      expected: 'nothing',
      actual: left.map(showCommand).join('\n'),
    })
  }

  const session: Omit<TestSession, keyof TestLeg> = {
    clock,
    client,
    failures,
    get legs() {
      return all()
    },
    get peer() {
      const last = all().at(-1)
      if (!last || last.uuid === first.uuid)
        throw failure('there is no other leg yet', tellStory({ ...stage.story(), failures }), {})
      return last
    },
    leg(own = {}) {
      const channel = stage.add(own)
      stage.emit(channel, 'CHANNEL_CREATE')
      return legOf(channel.uuid)
    },
    reply: (name, rule) => stage.reply(name, rule),
    ignore: (...names) => stage.ignore(names),
    run: (ms) => stage.runOn(ms),
    async end() {
      try {
        await untilRealWorkIsDone(realWork, clock)
        verify()
        await close()
        verify()
      } finally {
        await close()
      }
    },
    [Symbol.asyncDispose]: close,
  }
  return Object.defineProperties(legOf(first.uuid), Object.getOwnPropertyDescriptors(session)) as TestSession
}
