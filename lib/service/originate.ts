import { requireUuid } from '../esl/encode/uuid.ts'
import { ArgumentError, JobError } from '../errors.ts'
import { textOf } from '../esl/dial-string.ts'
import { nameOf, type Destination } from '../esl/parties.ts'
import type { Listener } from '../listener/listener.ts'
import type { Job, JobInfo } from '../model/job.ts'
import type { Node } from '../model/node.ts'
import { sessionOf, type Session } from '../model/session.ts'
import type { OriginateOptions } from './client.ts'
import { APP_VARIABLE } from '../listener/registry.ts'
import { CALL_VARIABLE } from '../listener/tables.ts'
import { originateCommand } from './originate-command.ts'

/** How long the switch lets a call ring, unless it is told otherwise (`SWITCH_DEFAULT_TIMEOUT`), in ms. */
const DEFAULT_TIMEOUT_MS = 60_000

/** How much longer than it may ring an originate may take to say what became of it, in ms. */
const GRACE_MS = 10_000

/** Whether several parties may be called: one of them ends where another is answered. */
const isSeveral = (dest: Destination): boolean =>
  typeof dest !== 'string' && /[,|]|:_:/.test(textOf(dest) ?? ',')

/** Parties that are called in turn ring one after the other. */
const patienceOf = (command: string, timeout = DEFAULT_TIMEOUT_MS): number =>
  timeout * command.split('|').length + GRACE_MS

/** The session that the switch names as the one that answered: another than ours where several parties were called. */
const uuidIn = (output: string): string => output.replace(/^\+OK\s*/, '')

/** Places a call by a background job; see `Client.originate`. */
export const originate = (
  node: Node,
  listener: Listener,
  dest: Destination,
  options: OriginateOptions,
): Job<Session> => {
  const { jobs, registry, tables } = listener
  const { app, uuid = node.newUuid(), vars = {} } = options
  const { placed } = tables
  // What the author sends in the headers himself counts as what we would have sent.
  const token = String(vars[CALL_VARIABLE] ?? node.newToken())
  const sentApp = vars[APP_VARIABLE] === undefined ? app : String(vars[APP_VARIABLE])

  const session = (output: string, job: JobInfo): Session => {
    // Of several legs, the switch says which was answered.
    const state = tables.sessions.get(/^\+OK (\S+)/.exec(output)?.[1] ?? uuid) ?? tables.sessions.get(uuid)
    const found = state ? sessionOf(state) : job.session
    job.session = found
    if (!found) throw new JobError(job.command, `${output}, but no session of that uuid was seen`, job.uuid)
    return found
  }

  try {
    if (app !== undefined && !registry.has(app))
      throw new ArgumentError(
        `expected the id of a loaded app, got "${app}"; load it first: client.load(app, { id })`,
      )
    // One that was given up may be tried again: the switch makes no second channel of that uuid.
    if (tables.sessions.has(uuid) || tables.expected.get(uuid)?.failed === false)
      throw new ArgumentError(
        `expected a uuid of its own for the new session, but there is one of uuid "${uuid}"`,
      )
    requireUuid(uuid)
    const command = originateCommand(dest, uuid, token, options)
    const settled = node.expect?.(uuid)
    const job: Job<Session> = jobs.start({
      command,
      what: `originate ${nameOf(dest)}`,
      patience: patienceOf(command, options.timeout),
      originates: uuid,
      several: isSeveral(dest),
      seen: (output) => tables.sessions.has(uuidIn(output)) || job.session !== undefined,
      value: session,
      over() {
        if (tables.expected.get(uuid) !== job) return
        tables.expected.delete(uuid)
        // No channel came of it, and none will; of several parties one may be up.
        if (!tables.calls.has(uuid)) placed.forget(uuid)
      },
    })
    if (settled) void job.settled().then(settled)
    tables.expected.set(uuid, job)
    placed.add(token, { uuid, app: sentApp })
    return job
  } catch (error) {
    return jobs.refuse(`originate ${nameOf(dest)}`, error as Error)
  }
}
