import { execFile } from 'node:child_process'
import { onTestFailed } from 'vitest'

/** What a child process left behind. */
export interface NodeRun {
  /** The exit code; -1 where a signal ended the process, or it took longer than `RUN_LIMIT_MS`. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface NodeRunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** A process that hangs is found by this bound; a busy machine may take twenty times its usual second to start one. */
export const RUN_LIMIT_MS = 110_000

/** Everything that a failed process can tell: a spec that only compares exit codes hides the reason. */
export const describeRun = (command: readonly string[], { code, stdout, stderr }: NodeRun): string =>
  `${command.join(' ')}\nexit code ${code}\n--- stdout\n${stdout}\n--- stderr\n${stderr}`

/** Shows the output of a process beside the failure of the spec that ran it. */
const showOnFailure = (text: () => string): void => {
  try {
    onTestFailed(() => console.error(text()))
  } catch {
    // Run by a hook, or after the spec: then the caller's own error is all there is.
  }
}

/** Runs a command to its end and resolves with its exit code and output, whatever they are. */
export const runProcess = (
  file: string,
  args: readonly string[],
  { cwd, env }: NodeRunOptions = {},
): Promise<NodeRun> =>
  new Promise((resolve) => {
    const options = { cwd, env, timeout: RUN_LIMIT_MS, maxBuffer: 64 << 20 }
    execFile(file, args, options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0
      const why = error && code === -1 ? `\n[ended by ${error.signal ?? error.message}]` : ''
      const run = { code, stdout, stderr: stderr + why }
      showOnFailure(() => describeRun([file, ...args], run))
      resolve(run)
    })
  })

/** Runs Node with these arguments and resolves with what it printed. Rejects with all of its output where it failed. */
export const runNode = async (args: readonly string[], options?: NodeRunOptions): Promise<NodeRun> => {
  const run = await runProcess(process.execPath, args, options)
  if (run.code !== 0) throw new Error(describeRun([process.execPath, ...args], run))
  return run
}
