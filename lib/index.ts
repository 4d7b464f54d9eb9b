/**
 * switchix: call control, call-flow testing and call generation for FreeSWITCH clusters.
 *
 * The embedded switch and the testing kit are in `switchix/testing`, the built-in apps in `switchix/apps`.
 */

// Connecting
export { connect, type ConnectOptions } from './service/connect.ts'
export type { Target } from './service/target.ts'
export type { Client, ClientApp, ClientContext, OriginateOptions } from './service/client.ts'
export type { LoadControl } from './service/load-control.ts'
export type { ClientState, StateChange } from './service/client.ts'
export type { ReconnectOptions } from './service/open-again.ts'
export type { Resynchronised } from './service/resynchronise.ts'
export { serve, type ServeOptions, type Service } from './service/serve.ts'
export { createPool, poolOf, type Pool, type PoolOptions } from './service/pool.ts'
export type { AtStart } from './service/reach.ts'
export type { ShutDownOptions } from './service/shut-down.ts'
export type { ChooserOptions, NodeChoice } from './service/choose-node.ts'
export type { AppTally, NodeTally, Tally } from './service/node-tally.ts'
export { listen, type ListenOptions, type OutboundServer } from './service/listen.ts'
export { examine, type Diagnosis } from './service/doctor.ts'
export type { DoctorOptions, Finding } from './service/doctor-finding.ts'
export { callOnce, type CallOnceOptions, type OneCall } from './service/call-once.ts'
export type { AppSource } from './service/factory.ts'
export { profileAddress } from './service/profile.ts'

// Apps
export type { App, AppContext, HandleFunctions, LoadSettings, OnFunctions, Prepost } from './app/app.ts'
export type { Flow, OneOrMore } from './app/app.ts'
export type { LoadedApp, LoadOptions } from './app/load.ts'
export { compose } from './app/compose.ts'
export { guard, inbound, outbound, tap } from './app/guard.ts'
export { weighted } from './app/weighted.ts'
export { withTimeout } from './app/with-timeout.ts'
export { router, type Router, type RouterOptions } from './app/router.ts'
export {
  route,
  stopRouting,
  type GroupsOf,
  type Route,
  type RouteFunction,
  type RouteMatch,
} from './app/route.ts'
export { bridge } from './app/bridge-route.ts'
export type { OnFailure } from './listener/on-failure.ts'
export type { AppFailure } from './listener/tasks.ts'

// Sessions, calls, jobs
export type { Session } from './model/session.ts'
export type { SessionTimes } from './model/times.ts'
export type { Call } from './model/call.ts'
export type { Job, JobInfo } from './model/job.ts'
export type { Bridge, BridgeOptions } from './model/verbs/bridge.ts'
export type { PlaybackOptions } from './model/verbs/media.ts'
export type { CollectOptions } from './model/verbs/dtmf.ts'
export type { RecordOptions } from './model/verbs/record.ts'
export type { SayOptions, SpeakOptions } from './model/verbs/speech.ts'
export type { TransferOptions } from './model/verbs/transfer.ts'
export type { ExecuteOptions } from './model/execute.ts'
export type { WaitOptions } from './flow/bounds.ts'
export type { TestOptions } from './model/receiving.ts'

// Events
export { isEvent, type EslEvent } from './esl/event.ts'
export { EVENT_NAMES, type EventName } from './esl/event-names.ts'
export { customEvent, isEventName } from './esl/subscribable.ts'
export { HANGUP_CAUSES, isHangupCause, type HangupCause } from './esl/hangup-causes.ts'
export type { HeaderName } from './esl/header-names.ts'

// Whom to call
export { dialString, isDialString, type DialString } from './esl/dial-string.ts'
export type {
  Confirm,
  Destination,
  LoopbackParty,
  Parties,
  Party,
  PartyOptions,
  PartySpec,
  SipParty,
  SipRoute,
  Strategy,
  UserParty,
} from './esl/parties.ts'

// Streams: ours where ix leaks, in ix's shape
export { collect } from './flow/collect.ts'
export { merge } from './flow/merge.ts'
export { pipe } from './flow/pipe.ts'
export { race } from './flow/race.ts'
export { until, type Notifier } from './flow/until.ts'
export { within } from './flow/within.ts'
export type { Operator } from './flow/stream.ts'

// Placing calls
export { createOriginator, type Originator, type OriginatorState } from './dial/originator.ts'
export type { OriginatorOptions } from './dial/options.ts'
export type { Settings } from './dial/settings.ts'
export type { DialApp } from './dial/apps.ts'
export type { DialNode, DialTarget } from './dial/nodes/dial-nodes.ts'
export type { NodeFigures, Progress, RunSummary } from './dial/summary.ts'
export type { Health } from './measure/summary/health.ts'
export type { Timeline } from './measure/summary/timeline.ts'

// What they came to
export { CDR_COLUMNS, type CallDetailRecord, type PlacedCallRecord } from './measure/cdr/cdr.ts'
export { readCdrs } from './measure/cdr/read-cdrs.ts'
export { outcomeOf } from './measure/metrics/outcome-of.ts'
export type { CallOutcome } from './measure/metrics/outcome.ts'
export { createMetrics, type Metrics, type MetricsSummary } from './measure/metrics/metrics.ts'
export { measureCdrs, type MeasuredCdrs } from './measure/metrics/measure-cdrs.ts'
export { queryRuns, type Query } from './measure/query/query.ts'
export type { QueryResult } from './measure/query/duckdb.ts'
export { createLatency, type Latency, type LatencySummary } from './measure/latency.ts'
export { judgeFile, type JudgeFileOptions } from './measure/audio/judge-file.ts'
export type { AudioFault, AudioVerdict } from './measure/audio/judge-audio.ts'
export type { AudioLimits } from './measure/audio/limits.ts'
export type { DropOut } from './measure/audio/drop-outs.ts'
export { estimateMos, type MosEstimate, type NetworkFigures } from './measure/audio/estimate-mos.ts'
export { createRowStore, type RowStore, type RowStoreOptions } from './measure/store/row-store.ts'
export { createMeasure, type Figure, type Kinds, type Measure, type MeasureSource } from './app/measure.ts'

// How calls arrive, and how long they are held
export { evenly, poisson, replayOf, type Traffic } from './dial/traffic/traffic.ts'
export {
  constant,
  ramp,
  repeat,
  sequence,
  sine,
  stages,
  steps,
  type Rates,
  type Stage,
} from './dial/traffic/rates.ts'
export type { Segment } from './dial/traffic/segment.ts'
export { exponential, inTurn, lognormal, type HoldTimes } from './dial/hold.ts'
export { recordedArrivals, recordedHolds } from './dial/recorded.ts'

// Where they go
export type { Fields } from './dial/destination/template.ts'
export type { FieldSource } from './dial/destination/field-source.ts'
export { csvFields, type CsvFieldsOptions } from './dial/destination/csv-fields.ts'

// Time, and what goes wrong
export { systemClock, type Clock } from './clock.ts'
export {
  AbortedError,
  ApiError,
  AppLoadError,
  ArgumentError,
  CommandError,
  ConnectError,
  ConnectionLostError,
  FileError,
  HangupError,
  InDoubtError,
  JobError,
  ProtocolError,
  SwitchixError,
  TimeoutError,
  type ErrorCode,
} from './errors.ts'
