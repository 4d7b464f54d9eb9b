/**
 * switchix: call control, call-flow testing and call generation for FreeSWITCH clusters.
 *
 * The embedded switch and the testing kit are in `switchix/testing`, the built-in apps in `switchix/apps`.
 */

// Connecting
export { connect, type ConnectOptions, type Target } from './service/connect.ts'
export type { Client, ClientApp, ClientContext, OriginateOptions } from './service/client.ts'
export { profileAddress } from './service/profile.ts'

// Apps
export type { App, AppContext, HandleFunctions, OnFunctions, Prepost } from './app/app.ts'
export type { LoadedApp, LoadOptions } from './app/load.ts'
export type { AppFailure } from './listener/tasks.ts'

// Sessions, calls, jobs
export type { Session } from './model/session.ts'
export type { SessionTimes } from './model/times.ts'
export type { Call } from './model/call.ts'
export type { Job, JobInfo } from './model/job.ts'
export type { Bridge, BridgeOptions } from './model/verbs/bridge.ts'
export type { PlaybackOptions } from './model/verbs/media.ts'
export type { ExecuteOptions } from './model/execute.ts'
export type { WaitOptions } from './flow/mailbox.ts'

// Events
export { isEvent, type EslEvent } from './esl/event.ts'
export { EVENT_NAMES, isEventName, type EventName } from './esl/event-names.ts'
export { HANGUP_CAUSES, isHangupCause, type HangupCause } from './esl/hangup-causes.ts'
export type { HeaderName } from './esl/header-names.ts'

// Placing calls
export { createOriginator, type Originator, type OriginatorState } from './dial/originator.ts'
export type { OriginatorOptions } from './dial/options.ts'
export type { Progress, RunSummary } from './dial/tally.ts'
export type { CallDetailRecord } from './measure/cdr.ts'

// Time, and what goes wrong
export { systemClock, type Clock } from './clock.ts'
export * from './errors.ts'
