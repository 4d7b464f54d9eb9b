import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Client, ClientApp } from '../service/client.ts'
import { connect } from '../service/connect.ts'
import type { Target } from '../service/target.ts'
import { record, type Recorder, type RecordingOptions } from '../testing/record.ts'
import { sessionsIn } from '../testing/recording.ts'
import { playCaller } from './caller-script.ts'
import { openEmbedded } from './embedded.ts'
import { EXIT } from './failure.ts'
import { onInterrupt } from './interrupt.ts'
import { loadAppSource } from './load-app.ts'
import { EMBEDDED } from './nodes.ts'
import type { RecordCommandOptions } from './record.ts'
import { withPassword } from './password.ts'
import { RECORDED_EVENTS } from './recorded-events.ts'
import { cannotWrite } from './run-stores.ts'

/** How long the last words of a call may be behind its end, in ms. */
const LAST_WORDS = 300

/** How long a phone stays in a call with the embedded switch that nobody ends, in ms. */
const LONGEST_CALL = 10_000

/** Found out before the first call: it must not be lost to a typing mistake. */
const checkFile = async (path: string): Promise<void> => {
  const cannot = (error: unknown): never => cannotWrite('--out', path, error)
  await access(dirname(path), constants.W_OK).catch(cannot)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) cannot(new Error('it is a directory'))
}

interface Place extends AsyncDisposable {
  readonly target: Target
  /** What there is to be said, and done, once the recording has begun. */
  readonly begin?: () => void
}

/** The switch to record: a host, or the embedded one, which a phone calls. */
const openPlace = async (
  host: string,
  { to, from, duration = LONGEST_CALL, script = [], gateway }: RecordCommandOptions,
): Promise<Place> => {
  if (host !== EMBEDDED) return { target: host, [Symbol.asyncDispose]: () => Promise.resolve() }
  const sw = await openEmbedded(gateway)
  const begin = (): void => {
    const phone = sw.call({ to, from })
    playCaller(phone, sw.clock, script, duration)
    // A caller does not ring for ever, either.
    sw.clock.setTimeout(() => phone.state !== 'answered' && phone.hangup(), duration, true)
  }
  return { target: sw, begin, [Symbol.asyncDispose]: () => sw.close() }
}

interface End {
  /** Why it ended. */
  readonly reason: 'calls' | 'time' | 'interrupt' | 'lost'
  /** What of it is to be kept. */
  readonly kept: RecordingOptions
}

/** Waits until what was asked for has been recorded. */
const untilEnd = (client: Client, options: RecordCommandOptions, ended: Set<string>): Promise<End> =>
  new Promise((resolve) => {
    const { uuid, duration, calls = duration === undefined && uuid === undefined ? 1 : Infinity } = options
    let count = 0
    const kept: string[] = []
    const end = (reason: End['reason']): void => {
      interrupt.stop()
      clearTimeout(timer)
      clearInterval(watch)
      stopListening()
      // Cut short, it holds what there is; a number of calls is that number.
      const sessions = calls === Infinity || kept.length === 0 ? undefined : kept
      resolve({ reason, kept: uuid === undefined ? { sessions } : { call: uuid } })
    }
    const soon = (): void => void setTimeout(() => end('calls'), LAST_WORDS)
    const stopListening = client.onCallEnd((call) => {
      if (uuid !== undefined || count >= calls) return
      kept.push(...call.sessions.map((sess) => sess.uuid))
      if (++count === calls) soon()
    })
    const quit = (): never => process.exit(EXIT.interrupted)
    const interrupt = onInterrupt(() => end('interrupt'), quit, quit)
    const timer = setTimeout(() => end('time'), duration ?? 2 ** 31 - 1)
    const watch = setInterval(() => {
      if (client.lost) end('lost')
      else if (uuid !== undefined && ended.delete(uuid)) soon()
    }, 50)
  })

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

const describe = async (recorder: Recorder, kept: RecordingOptions, path: string): Promise<string> => {
  const recording = recorder.recording(kept)
  const number = (kind: 'event' | 'command'): number => recording.lines.filter((line) => kind in line).length
  const { size } = await stat(path)
  return `recorded ${count(sessionsIn(recording).size, 'session')}, ${count(number('event'), 'event')}, ${count(number('command'), 'command')}: ${path} (${Math.ceil(size / 1000)} kB)\n`
}

/** Runs `switchix record` and gives its exit code. */
export const runRecord = async (host: string, options: RecordCommandOptions): Promise<number> => {
  const { out, maskNumbers = false, keep, lean } = options
  await checkFile(out)
  const app = options.app === undefined ? undefined : await loadAppSource(options.app)
  await using place = await openPlace(host, options)
  const recorder = record(place.target, {
    passive: app === undefined,
    lean,
    mask: { numbers: maskNumbers, keep },
  })
  const ended = new Set<string>()
  const watcher: ClientApp = {
    name: 'Recorder',
    handle: { CHANNEL_DESTROY: ({ uuid }) => uuid !== undefined && ended.add(uuid) },
  }
  const apps = app ? [watcher, app.create()] : [watcher]
  const client = await withPassword(options.password, (password) =>
    connect(recorder.target, { password, apps, subscribe: RECORDED_EVENTS }),
  )
  try {
    process.stdout.write(`recording calls on ${client.name}; Ctrl-C ends it\n`)
    place.begin?.()
    const { reason, kept } = await untilEnd(client, options, ended)
    const { lost } = client
    if (sessionsIn(recorder.recording(kept)).size === 0) {
      process.stderr.write('switchix: no call came; nothing was written\n')
      return lost ? EXIT.unreachable : EXIT.failed
    }
    await recorder.save(out, kept).catch((error: unknown) => cannotWrite('--out', out, error))
    process.stdout.write(await describe(recorder, kept, out))
    if (reason === 'lost' && lost) throw lost
    return EXIT.ok
  } finally {
    await client.close()
  }
}
