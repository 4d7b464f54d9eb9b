import type { Command } from './command-reader.ts'
import { emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS } from '../events/kinds.ts'
import { runApi, splitApi } from './run-api.ts'
import type { Switch } from '../core/switch.ts'

/** `bgapi <command>`: answers at once, runs the command, and tells its output with BACKGROUND_JOB (`api_exec`). */
export const bgapiCommand = (
  sw: Switch,
  line: string,
  { headers }: Command,
  reply: (text: string) => void,
): void => {
  const uuid = headers.get('job-uuid') ?? sw.random.uuid()
  reply(`+OK Job-UUID: ${uuid}\nJob-UUID: ${uuid}`)
  startJob(sw, uuid, line)
}

/** Runs a command as the job with that uuid. */
export const startJob = (sw: Switch, uuid: string, line: string): void => {
  sw.counters.jobs++
  runApi(sw, line, (output) => {
    if (!sw.wanting.has(KINDS.backgroundJob.name)) return
    const [name, arg] = splitApi(line)
    const about = header('Job-UUID', uuid) + header('Job-Command', name) + header('Job-Command-Arg', arg)
    emitGeneral(sw, KINDS.backgroundJob, about, output)
  })
}
