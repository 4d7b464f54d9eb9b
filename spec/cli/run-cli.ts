import { SWITCHIX } from '../built.ts'
import { runProcess, type NodeRun } from '../run-node.ts'

/** What a run of the command line left behind. */
export type CliRun = NodeRun

const root = new URL('../..', import.meta.url).pathname

/** Runs `switchix` as it is built, as a process of its own. Its output is shown where the spec fails. */
export const runCli = (args: readonly string[]): Promise<CliRun> =>
  runProcess(process.execPath, [SWITCHIX, ...args], { cwd: root })
