import { headerOf, type Command } from './command-reader.ts'
import { emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import type { Listener } from './listener.ts'
import { replyWithHeaders } from './reply.ts'
import { runApi, splitApi } from './run-api.ts'
import type { Switch } from '../core/switch.ts'

/** Longer ones are cut. */
const LONGEST_UUID = 256

/** `bgapi <command>`: answers at once, runs the command, and tells its output with BACKGROUND_JOB (`api_exec`). */
export const bgapiCommand = (sw: Switch, line: string, command: Command, listener: Listener): void => {
  const uuid = headerOf(command, 'job-uuid')?.slice(0, LONGEST_UUID) ?? sw.random.uuid()
  replyWithHeaders(listener, `Reply-Text: +OK Job-UUID: ${uuid}\nJob-UUID: ${uuid}`)
  startJob(sw, uuid, line, listener.session?.channel.uuid)
}

/** Runs a command as the job with that uuid, for the session that the connection controls. */
export const startJob = (sw: Switch, uuid: string, line: string, owner = ''): void => {
  sw.counters.jobs++
  runApi(sw, line, (output) => {
    if (!sw.wanting.has(KINDS.backgroundJob.name)) return
    const [name, arg] = splitApi(line)
    const job = header('Job-UUID', uuid) + header('Job-Owner-UUID', owner)
    const about = job + header('Job-Command', name) + header('Job-Command-Arg', arg)
    emitGeneral(sw, KINDS.backgroundJob, about, output)
  })
}
