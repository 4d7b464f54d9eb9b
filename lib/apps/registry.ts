import type { ClientApp } from '../service/client.ts'
import { bert } from './bert.ts'
import { proxier } from './proxier.ts'
import { tonePlay } from './tone-play.ts'

/** A built-in app, as the command line knows it. */
export interface BuiltInApp {
  readonly name: string
  readonly summary: string
  /** The options that may be given to `create`, by name. */
  readonly options: readonly string[]
  create(options?: Readonly<Record<string, unknown>>): ClientApp
}

export const BUILT_IN_APPS: readonly BuiltInApp[] = [
  {
    name: 'TonePlay',
    summary: 'plays a milliwatt tone on the outbound leg and echoes it back on the inbound one',
    options: ['tone'],
    create: tonePlay,
  },
  {
    name: 'Proxier',
    summary: 'proxies every inbound call to its SIP Request-URI',
    options: ['timeout'],
    create: proxier,
  },
  {
    name: 'Bert',
    summary: 'tests the sound of calls for bit errors (mod_bert): a pattern goes out and must come back',
    options: [
      'twoSided',
      'ringResponse',
      'postDialDelay',
      'postResponseDelay',
      'timeout',
      'hangupOnError',
      'maxErrors',
      'timerName',
    ],
    create: bert,
  },
]
