import { randomUUID } from 'node:crypto'
import { encodeOriginate } from '../esl/originate.ts'
import type { Vars } from '../esl/encode/braces.ts'
import { hasOneLeg, type Destination } from '../esl/parties.ts'
import { APP_VARIABLE } from '../listener/registry.ts'
import { CALL_VARIABLE } from '../listener/tables.ts'
import type { OriginateOptions } from './client.ts'

const encode = (
  dest: Destination,
  uuid: string,
  token: string,
  { app, vars, ...options }: OriginateOptions,
): string =>
  encodeOriginate({
    ...options,
    dest,
    vars: {
      // Several legs cannot have the same one: the switch gives them theirs.
      ...(hasOneLeg(dest) ? { origination_uuid: uuid } : {}),
      // Both travel with the INVITE, so that the far leg is known as the same call's, and the same app's.
      [CALL_VARIABLE]: token,
      ...(app === undefined ? {} : { [APP_VARIABLE]: app }),
      ...vars,
    },
  })

/** A command without its uuid and its token, and what it was made of, as that was then. */
interface Known {
  readonly options: OriginateOptions
  /** Between uuids, and in each between tokens. */
  readonly parts: readonly (readonly string[])[]
}

/** All of the options but the vars, and the uuid: one that is new has to be compared, too. */
const COMPARED = Object.keys({
  app: true,
  profile: true,
  gateway: true,
  proxy: true,
  execute: true,
  executeArg: true,
  extension: true,
  dialplan: true,
  context: true,
  timeout: true,
  callerIdName: true,
  callerIdNumber: true,
  expand: true,
} satisfies Record<
  Exclude<keyof OriginateOptions, 'vars' | 'uuid' | 'signal'>,
  true
>) as (keyof OriginateOptions)[]

const NO_VARS: Vars = {}

/** Their order counts, too: it is that of the command. */
const sameVars = (some: Vars = NO_VARS, others: Vars = NO_VARS): boolean => {
  const names = Object.keys(others)
  return (
    Object.keys(some).every((name, i) => name === names[i] && some[name] === others[name]) &&
    names.every((name) => name in some)
  )
}

const same = (some: OriginateOptions, others: OriginateOptions): boolean =>
  COMPARED.every((name) => some[name] === others[name]) && sameVars(some.vars, others.vars)

/** Stand for the uuid of a call, and its token: nobody else's text holds them. */
const PLACE = randomUUID()
const TOKEN_PLACE = randomUUID()

/** A uuid that needs no quoting, or a token. */
const PLAIN = /^[\w-]+$/

/** So many commands are known at the most; a load has one for each of its switches and apps. */
const MOST = 64

const known = new Map<string, Known>()

/**
 * The `originate` of a call. Calls that differ in their uuid and token alone, as those of a load do, are encoded once. Throws
 * ArgumentError (BAD_ARGUMENT) for what cannot be carried.
 */
export const originateCommand = (
  dest: Destination,
  uuid: string,
  token: string,
  options: OriginateOptions,
): string => {
  if (!PLAIN.test(uuid) || !PLAIN.test(token) || typeof dest !== 'string')
    return encode(dest, uuid, token, options)
  const key = `${options.app ?? ''} ${dest}`
  let found = known.get(key)
  if (!found || !same(found.options, options)) {
    const text = encode(dest, PLACE, TOKEN_PLACE, options)
    const parts = text.split(PLACE).map((part) => part.split(TOKEN_PLACE))
    found = { options: { ...options, vars: { ...options.vars } }, parts }
    if (known.size >= MOST) known.clear()
    known.set(key, found)
  }
  return found.parts.map((part) => part.join(token)).join(uuid)
}
