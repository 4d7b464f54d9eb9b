import { execFile } from 'node:child_process'
import { SWITCHIX } from '../built.ts'

/** What a run of the command line left behind. */
export interface CliRun {
  /** -1 where it did not come to one: it was killed, for it took too long. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const root = new URL('../..', import.meta.url).pathname

/** Runs `switchix` as it is built, as a process of its own. */
export const runCli = (args: readonly string[]): Promise<CliRun> =>
  new Promise((resolve) => {
    const command = [SWITCHIX, ...args]
    execFile(process.execPath, command, { cwd: root, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : -1
      resolve({ code: error ? code : 0, stdout, stderr })
    })
  })
