/**
 * Every error that switchix throws or rejects with. `code` is for programs, the message for people: what was expected,
 * what came, what to do. Error types are the only classes in the project: `instanceof` is what errors are told apart by.
 */
export type ErrorCode =
  | 'HANGUP' // the session ended before what was awaited came
  | 'TIMEOUT' // a wait or a command took longer than it was given
  | 'ABORTED' // an AbortSignal, the unloading of an app or the closing of a client ended the wait
  | 'CONNECTION_LOST' // the switch went away with the command in flight
  | 'IN_DOUBT' // a command to a session was sent, and nobody knows whether it took effect
  | 'UNREACHABLE' // no connection could be made: unknown host, refused port, no answer
  | 'AUTH_FAILED' // wrong password, or wrong user
  | 'ACL_REJECTED' // an access list does not let an address in: the switch's ours, or `allow` of `listen` a stranger's
  | 'API_ERROR' // an api command answered -ERR or -USAGE
  | 'JOB_FAILED' // a background job answered -ERR; `reply` says why, e.g. the hangup cause of an originate
  | 'COMMAND_FAILED' // a command to a session was refused or did not take effect
  | 'BAD_ARGUMENT' // an argument that cannot be sent safely, or makes no sense
  | 'APP_LOAD' // an app could not be loaded
  | 'FILE_NOT_WRITTEN' // a file could not be written, or not whole: a full disk, a read-only file system
  | 'NO_NODE' // no node of a pool is connected, or below its limit of calls
  | 'PROTOCOL' // the bytes are not the Event Socket's

/** What to tell of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export class SwitchixError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.name = new.target.name
  }
}

/** The session ended; what was awaited of it cannot come any more. A flow that lets it through has ended normally. */
export class HangupError extends SwitchixError {
  /** `hangupCause` e.g. NORMAL_CLEARING; `uuid` of the session; `awaited` says what was waited for. */
  readonly uuid: string
  readonly hangupCause: string
  readonly awaited: string
  constructor(uuid: string, hangupCause: string, awaited: string) {
    super('HANGUP', `session ${uuid} ended (${hangupCause}) before ${awaited}`)
    this.uuid = uuid
    this.hangupCause = hangupCause
    this.awaited = awaited
  }
}

/** A file could not be written, or not all of it: the disk is full, or no longer there. `path` names the file. */
export class FileError extends SwitchixError {
  readonly path: string
  constructor(path: string, message: string, cause?: unknown) {
    super('FILE_NOT_WRITTEN', message, { cause })
    this.path = path
  }
}

/** A wait, a command or a connection took longer than the milliseconds it was given. */
export class TimeoutError extends SwitchixError {
  readonly timeoutMs: number
  constructor(what: string, timeoutMs: number) {
    super('TIMEOUT', `${what}: nothing came within ${timeoutMs} ms`)
    this.timeoutMs = timeoutMs
  }
}

/** The wait was given up: by an AbortSignal (its reason is the `cause`), an unloaded app or a closed client. */
export class AbortedError extends SwitchixError {
  constructor(what: string, cause?: unknown) {
    super('ABORTED', `${what} was aborted`, { cause })
  }
}

/** The connection ended while something was in flight on it, or was already closed. */
export class ConnectionLostError extends SwitchixError {
  readonly address: string
  /** It was a command that had been sent: whether it took effect is not known. */
  readonly sent: boolean
  constructor(what: string, address: string, cause?: unknown, sent = false) {
    super('CONNECTION_LOST', `${what}: the connection to ${address} is closed`, { cause })
    this.address = address
    this.sent = sent
  }
}

/**
 * A command to a session was sent, and whether it took effect is not known: the connection ended before its answer, or the
 * events of its effect were lost. A flow may catch it and look at the channel; otherwise it has failed.
 */
export class InDoubtError extends SwitchixError {
  readonly command: string
  readonly uuid: string
  constructor(command: string, uuid: string, why: string, cause?: unknown) {
    super('IN_DOUBT', `${command} on session ${uuid} may have taken effect, or not: ${why}`, { cause })
    this.command = command
    this.uuid = uuid
  }
}

/** A connection could not be opened: code UNREACHABLE, AUTH_FAILED or ACL_REJECTED. */
export class ConnectError extends SwitchixError {
  readonly address: string
  constructor(
    code: 'UNREACHABLE' | 'AUTH_FAILED' | 'ACL_REJECTED',
    address: string,
    message: string,
    cause?: unknown,
  ) {
    super(code, message, { cause })
    this.address = address
  }
}

/** An `api` command answered with an error; `reply` is the whole answer, trimmed. */
export class ApiError extends SwitchixError {
  readonly command: string
  readonly reply: string
  constructor(command: string, reply: string) {
    super('API_ERROR', `api ${command}: ${reply}`)
    this.command = command
    this.reply = reply
  }
}

/** A background job failed; `reply` is what came after `-ERR `, the hangup cause for an originate. */
export class JobError extends SwitchixError {
  readonly command: string
  readonly reply: string
  readonly jobUuid: string
  constructor(command: string, reply: string, jobUuid: string) {
    super('JOB_FAILED', `${command}: ${reply}`)
    this.command = command
    this.reply = reply
    this.jobUuid = jobUuid
  }
}

/** A command was refused by the switch, or ended without its effect; `reply` is what the switch said. */
export class CommandError extends SwitchixError {
  readonly command: string
  readonly reply: string
  readonly uuid: string | undefined
  constructor(command: string, reply: string, uuid?: string) {
    super('COMMAND_FAILED', `${command}${uuid === undefined ? '' : ` on session ${uuid}`}: ${reply}`)
    this.command = command
    this.reply = reply
    this.uuid = uuid
  }
}

/** An argument that is wrong in itself; nothing was sent. */
export class ArgumentError extends SwitchixError {
  constructor(message: string, cause?: unknown) {
    super('BAD_ARGUMENT', message, { cause })
  }
}

/** An app could not be loaded; the `cause` says why. Nothing of it stays loaded. */
export class AppLoadError extends SwitchixError {
  readonly app: string
  constructor(app: string, reason: string, cause?: unknown) {
    super('APP_LOAD', `app ${app} was not loaded: ${reason}`, { cause })
    this.app = app
  }
}

/** The peer does not speak the Event Socket protocol, or lost its framing. */
export class ProtocolError extends SwitchixError {
  constructor(message: string) {
    super('PROTOCOL', message)
  }
}
