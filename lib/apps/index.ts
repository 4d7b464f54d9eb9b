/** The built-in apps. */
export { bert, type BertApp, type BertCounts, type BertFailure, type BertOptions } from './bert.ts'
export { bridger, type BridgerOptions, type BridgeTarget } from './bridger.ts'
export { calleeBlockOnInvite, type CalleeBlockOnInviteOptions } from './callee-block-on-invite.ts'
export { calleeRingback, type CalleeRingbackOptions } from './callee-ringback.ts'
export { cdr, type CdrOptions, type CdrRow } from './cdr.ts'
export type { CallRecordings } from './clip-options.ts'
export { dtmfChecker, type DtmfCheck, type DtmfCheckerApp, type DtmfCheckerOptions } from './dtmf-checker.ts'
export { mutedPlayRec, type MutedPlayRecOptions } from './muted-play-rec.ts'
export { playRec, type PlayRecOptions } from './play-rec.ts'
export { proxier, type ProxierOptions } from './proxier.ts'
export { routesTable, type RouterTable, type RouteTarget } from './routes-table.ts'
export { sysStats, type SysStatsApp, type SysStatsOptions, type SysStatsRow } from './sys-stats.ts'
export { tonePlay, type TonePlayOptions } from './tone-play.ts'

// By name, with their options, as the command line has them
export { BUILT_IN_APPS, createBuiltIn, findBuiltIn, type AppOption, type BuiltInApp } from './registry.ts'
