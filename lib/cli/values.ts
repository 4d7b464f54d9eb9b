import { InvalidArgumentError } from 'commander'
import { readDuration } from '../apps/options/duration.ts'
import { equipmentOf, RATED_CODECS } from '../measure/audio/equipment.ts'
import { isHangupCause } from '../esl/hangup-causes.ts'
import type { OnFailure } from '../listener/on-failure.ts'
import type { Stage } from '../dial/traffic/rates.ts'

const reject = (expected: string, text: string): never => {
  throw new InvalidArgumentError(`Expected ${expected}, got "${text}".`)
}

/** `500ms`, `10s`, `1.5m`, `2h`, `0`: milliseconds. */
export const duration = (text: string): number =>
  // What never ends is an option of apps alone.
  (text === 'never' ? undefined : readDuration(text)) ??
  reject('a duration with its unit, such as 500ms, 10s or 2m', text)

/** A number of calls per second, more than 0. */
export const rate = (text: string): number => {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) && value > 0
    ? value
    : reject('calls per second, a number above 0 such as 50 or 0.5', text)
}

/** A whole number of calls, at least 1. */
export const count = (text: string): number => {
  const value = Number(text)
  return text.trim() !== '' && Number.isSafeInteger(value) && value >= 1
    ? value
    : reject('a whole number of calls, 1 or more', text)
}

/** A number of calls per second, 0 or more: at 0 the run waits until somebody raises it. */
export const rateOrNone = (text: string): number => (/^0(\.0*)?$/.test(text) ? 0 : rate(text))

/** `host`, `host:port`. */
export const address = (text: string): string =>
  /^[^\s:@]+(:\d+)?$/.test(text) || /\{.*\}/.test(text) ? text : reject('host or host:port', text)

/** Where to listen. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/**
 * `9464`: on this machine only; `:9464`: on all its addresses (IPv4); `10.0.0.1:9464`, `[::]:9464`: on that one. Port 0 is
 * any that is free.
 */
export const listenAddress = (text: string): ListenAddress => {
  const [, host = '127.0.0.1', port = ''] =
    /^(?:(\[[\da-fA-F:.]+\]|[^\s:@[\]]*):)?(\d{1,5})$/.exec(text) ?? []
  if (port === '' || Number(port) > 65_535)
    return reject('[host]:port to listen on, such as :9464, or 9464 for this machine only', text)
  return { host: host === '' ? '0.0.0.0' : host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** `hangup`, `hangup:USER_BUSY` or `leave`: what becomes of a call whose app fails. */
export const onFailure = (text: string): OnFailure => {
  if (text === 'hangup' || text === 'leave') return text
  const cause = text.startsWith('hangup:') ? text.slice('hangup:'.length) : ''
  return isHangupCause(cause)
    ? { hangup: cause }
    : reject('hangup, leave, or hangup with a cause such as hangup:USER_BUSY', text)
}

/** A whole number that settles what is drawn. */
export const seed = (text: string): number =>
  /^\d{1,10}$/.test(text) ? Number(text) : reject('a whole number of at most ten digits', text)

/** `10s:50,1m:200`: times with the rate that each comes to. */
export const stageList = (text: string): Stage[] =>
  text.split(',').map((stage): Stage => {
    const [time = '', target = '', ...more] = stage.trim().split(':')
    return more.length === 0 && time !== '' && target !== ''
      ? [duration(time), rateOrNone(target)]
      : reject('stages as time:rate, such as 10s:50,1m:200,10s:0', text)
  })

/** `mean,amplitude,period`: `50,20,1m`. */
export const sineWave = (text: string): readonly [mean: number, amplitude: number, period: number] => {
  const [mean = '', amplitude = '', period = '', ...more] = text.split(',').map((part) => part.trim())
  return more.length === 0 && period !== ''
    ? [rate(mean), rateOrNone(amplitude), duration(period)]
    : reject('a mean and an amplitude in calls per second and a period, such as 50,20,1m', text)
}

/** How long calls are held, before any file is read. */
export type HoldText =
  | { readonly kind: 'constant' | 'exponential'; readonly ms: number }
  | { readonly kind: 'lognormal'; readonly ms: number; readonly deviation: number }
  | { readonly kind: 'file'; readonly path: string }

/** `10s`, `exponential:10s`, `lognormal:10s,5s`, `file:holds.csv`. */
export const holdText = (text: string): HoldText => {
  const [, kind = '', rest = ''] = /^(exponential|lognormal|file):(.+)$/.exec(text) ?? []
  if (kind === 'file') return { kind, path: rest }
  if (kind === 'exponential') return { kind, ms: duration(rest) }
  if (kind === 'lognormal') {
    const [mean = '', deviation = '', ...more] = rest.split(',')
    if (more.length > 0 || deviation === '')
      return reject('a mean and a standard deviation, such as lognormal:10s,5s', text)
    return { kind, ms: duration(mean), deviation: duration(deviation) }
  }
  return { kind: 'constant', ms: duration(text) }
}

/** `name=value`; `what` says what of. */
export const pair =
  (what: string) =>
  (text: string): readonly [name: string, value: string] => {
    const at = text.indexOf('=')
    return at > 0 ? [text.slice(0, at), text.slice(at + 1)] : reject(`${what} as name=value`, text)
  }

/** An app with its share of the calls: `Bert`, `Bert@33`, `./mine.ts:app@67`. */
export const appShare = (text: string): readonly [source: string, weight: number] => {
  const [, source = text, weight = '1'] = /^(.+)@(\d+(?:\.\d+)?)$/.exec(text) ?? []
  return [source, Number(weight)]
}

/** `0.5%` or `0.5`: per cent. */
export const percent = (text: string): number => {
  const [, number = ''] = /^(\d+(?:\.\d+)?)%?$/.exec(text) ?? []
  return number !== '' && Number(number) <= 100 ? Number(number) : reject('per cent, such as 0.5%', text)
}

/** From 0 to 1. */
export const part = (text: string): number => {
  const value = Number(text)
  return text.trim() !== '' && value >= 0 && value <= 1 ? value : reject('a number from 0 to 1', text)
}

/** A mean opinion score. */
export const opinionScore = (text: string): number => {
  const value = Number(text)
  return value >= 1 && value <= 5 ? value : reject('a MOS from 1 to 5', text)
}

/** A level below the overload point. */
export const decibels = (text: string): number => {
  const value = Number(text)
  return text.trim() !== '' && value <= 0 ? value : reject('a level in dBov, 0 or less such as -50', text)
}

/** `user,host`. */
export const names = (text: string): readonly string[] => {
  const all = text.split(',').map((name) => name.trim())
  return all.every((name) => name !== '')
    ? all
    : reject('names with commas between them, such as user,host', text)
}

/** A difference of levels, in dB. */
export const levelDifference = (text: string): number => {
  const [, number = ''] = /^(\d+(?:\.\d+)?)(?:dB)?$/.exec(text) ?? []
  return number === '' ? reject('a difference in dB, 0 or more such as 10', text) : Number(number)
}

/** The number of a channel, from 1 on. */
export const channel = (text: string): number =>
  /^[1-9]\d?$/.test(text) ? Number(text) : reject('the number of a channel, 1 or more', text)

/** A codec that the E-model knows. */
export const ratedCodec = (text: string): string =>
  equipmentOf(text)
    ? text
    : reject(`a codec that ITU-T G.113 has values of: ${RATED_CODECS.join(', ')}`, text)
