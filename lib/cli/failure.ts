import { createRequire } from 'node:module'
import type Debug from 'debug'
import { FileError, messageOf, SwitchixError, type ErrorCode } from '../errors.ts'

/** Only what fails needs it, so that everything else starts without. */
const loadDebug = (): typeof Debug => createRequire(import.meta.url)('debug') as typeof Debug

/** What the exit code says. */
export const EXIT = {
  /** All went as asked. */
  ok: 0,
  /** Something went wrong that nobody had thought of. */
  failed: 1,
  /** What was typed makes no sense. */
  usage: 2,
  /** The switch could not be reached, would not have us, or went away. */
  unreachable: 3,
  /** The run is not valid: the load was not placed as it was asked for. */
  invalid: 4,
  /** A file could not be written, or not all of it. */
  files: 5,
  /** A threshold was not kept (k6's code). */
  threshold: 99,
  /** Interrupted by Ctrl-C. */
  interrupted: 130,
  /** Nobody read what was printed any more (`| head`), and a run was ended for it: what a shell gives for SIGPIPE. */
  outputClosed: 141,
} as const

const CODES: Partial<Record<ErrorCode, number>> = {
  BAD_ARGUMENT: EXIT.usage,
  APP_LOAD: EXIT.usage,
  UNREACHABLE: EXIT.unreachable,
  AUTH_FAILED: EXIT.unreachable,
  ACL_REJECTED: EXIT.unreachable,
  CONNECTION_LOST: EXIT.unreachable,
  PROTOCOL: EXIT.unreachable,
  COMMAND_FAILED: EXIT.unreachable,
  API_ERROR: EXIT.unreachable,
  TIMEOUT: EXIT.unreachable,
  FILE_NOT_WRITTEN: EXIT.files,
}

/** Returns the exit code for an error; that of an app's tear-down is the one of what failed there. */
export const exitCodeOf = (error: unknown): number => {
  if (!(error instanceof SwitchixError)) return EXIT.failed
  return error.cause instanceof FileError ? EXIT.files : (CODES[error.code] ?? EXIT.failed)
}

/** Says on stderr what went wrong, without a stack (DEBUG=switchix:cli shows it); gives the exit code. */
export const reportFailure = (error: unknown): number => {
  loadDebug()('switchix:cli')('%O', error)
  process.stderr.write(`switchix: ${messageOf(error)}\n`)
  return exitCodeOf(error)
}
