/** The built-in apps. */
export { bert, type BertApp, type BertCounts, type BertFailure, type BertOptions } from './bert.ts'
export { proxier, type ProxierOptions } from './proxier.ts'
export { BUILT_IN_APPS, type BuiltInApp } from './registry.ts'
export { tonePlay, type TonePlayOptions } from './tone-play.ts'
