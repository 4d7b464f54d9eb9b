import { ArgumentError } from '../../errors.ts'
import type { CalledAddress, CalledParty, PartyBehaviour } from '../calls/far-end.ts'
import { readParty, type PartyScript } from './party.ts'
import type { Random } from '../core/random.ts'

/** Behaviours by how often they come: `{ 70: …, 30: … }`, or pairs where two come as often. */
export interface WeightedScript {
  readonly weights:
    | Readonly<Record<number | string, FarEndScript>>
    | readonly (readonly [weight: number, script: FarEndScript])[]
}

/** Behaviours by who is called: the first whose `to` fits, `*` for anything: `1*`, `*@192.0.2.1`, `bob@*:5070`. */
export interface PartiesScript {
  readonly parties: readonly (FarEndScript & { readonly to?: string })[]
}

/** How called parties behave that are not on the switch. */
export type FarEndScript = PartyScript | WeightedScript | PartiesScript

type Choose = (to: CalledAddress, random: Random) => PartyBehaviour | undefined

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readWeights = (weights: unknown, where: string): Choose => {
  const list = (Array.isArray(weights) ? weights : Object.entries(isRecord(weights) ? weights : {})) as [
    unknown,
    unknown,
  ][]
  const choices = list.map((entry, i): [number, Choose] => {
    const weight = Number(Array.isArray(entry) ? entry[0] : NaN)
    if (!(weight >= 0 && Number.isFinite(weight)))
      throw new ArgumentError(`far end: ${where} has the weight ${JSON.stringify(entry[0])}, not a number`)
    return [weight, read(entry[1], `${where}.${i}`)]
  })
  const total = choices.reduce((sum, [weight]) => sum + weight, 0)
  if (total <= 0)
    throw new ArgumentError(`far end: ${where} has no weights above 0, such as {70: {...}, 30: {...}}`)
  return (to, random) => {
    let left = random.unit() * total
    const chosen = choices.find(([weight]) => (left -= weight) < 0) ?? choices.at(-1)
    return chosen?.[1](to, random)
  }
}

/** `*` stands for anything; without a host, any; without a port, any. */
const addressPattern = (text: string): ((to: CalledAddress) => boolean) => {
  const escaped = text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')
  const pattern = new RegExp(`^${escaped}$`)
  return ({ user, host, port }) => {
    if (!text.includes('@')) return pattern.test(user)
    return pattern.test(`${user}@${host}`) || pattern.test(`${user}@${host}:${port}`)
  }
}

const readParties = (parties: unknown, where: string): Choose => {
  if (!Array.isArray(parties)) throw new ArgumentError(`far end: ${where} is not a list of {to, ...}`)
  const list = parties.map((party: unknown, i) => {
    if (!isRecord(party)) throw new ArgumentError(`far end: ${where}.${i} is not of the form {to, ...}`)
    const { to = '*', ...script } = party
    if (typeof to !== 'string')
      throw new ArgumentError(`far end: ${where}.${i}.to is not a text such as "1*"`)
    return { fits: addressPattern(to), choose: read(script, `${where}.${i}`) }
  })
  return (to, random) => list.find(({ fits }) => fits(to))?.choose(to, random)
}

const read = (script: unknown, where: string): Choose => {
  if (!isRecord(script))
    throw new ArgumentError(`far end: ${where} is ${JSON.stringify(script)}, not an object`)
  if ('weights' in script) return readWeights(script['weights'], `${where}.weights`)
  if ('parties' in script) return readParties(script['parties'], `${where}.parties`)
  const draw = readParty(script, where)
  return (_, random) => draw(random)
}

/**
 * Makes called parties of a script, for `simulate({ calledParty: farEnd({...}) })`. What it leaves to chance comes from
 * the switch's seed. It is about calls that leave the switch: those to its own profiles follow the dialplan. Throws
 * ArgumentError that says what of it cannot be understood.
 */
export const farEnd = (script: FarEndScript): CalledParty => read(script, 'script')
