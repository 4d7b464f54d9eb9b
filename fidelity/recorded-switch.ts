import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parkAll } from '../lib/sim/calls/dialplan.ts'
import { readDialplan } from '../lib/sim/dialplan/read-dialplan.ts'
import type { SimulateOptions } from '../lib/sim/simulate.ts'

const HOST = '127.0.0.5'

const KEPT = fileURLToPath(new URL('./recordings/dialplan.xml', import.meta.url))

/** The dialplan of a recording: beside it, or beside the folder that it is in, or that of the recordings we keep. */
const dialplanFile = (folder: string): string =>
  [join(folder, 'dialplan.xml'), join(dirname(folder), 'dialplan.xml')].find((path) => existsSync(path)) ??
  KEPT

/** The switch of the recordings, as their README describes it: profile `capture` in its own context, all else parks. */
export const recordedSwitch = (folder: string): SimulateOptions => {
  const capture = readDialplan(readFileSync(dialplanFile(folder), 'utf8'))
  return {
    hostname: 'vm',
    globals: {
      recordings_dir: '/var/fs2/recordings',
      conf_dir: '/var/fs2/conf',
      log_dir: '/var/fs2/log',
      run_dir: '/var/fs2/run',
      db_dir: '/dev/shm/fsdb2',
      internal_sip_port: '5060',
      external_sip_port: '5080',
    },
    // The one shell command in the recordings, which does nothing and prints nothing.
    shell: (command) => (command === 'true' ? '' : undefined),
    sps: 1000,
    maxSessions: 10_000,
    dialplan: (call) => (call.context === 'capture' ? capture(call) : parkAll(call)),
    profiles: [
      { name: 'external', host: HOST, port: 5080, context: 'switchio' },
      { name: 'internal', host: HOST, port: 5060, context: 'switchio' },
      { name: 'capture', host: HOST, port: 5090, context: 'capture' },
    ],
  }
}
