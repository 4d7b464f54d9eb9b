import { ArgumentError } from '../errors.ts'
import type { Call } from '../model/call.ts'
import type { App } from './app.ts'
import { compose } from './compose.ts'
import { guard } from './guard.ts'

/** Smooth weighted round robin: exact shares over every round, and never the heavier ones in a bunch. */
export const chooser = (weights: readonly number[]): (() => number) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const credit = weights.map(() => 0)
  return () => {
    weights.forEach((weight, i) => (credit[i] = (credit[i] ?? 0) + weight))
    const best = credit.indexOf(Math.max(...credit))
    credit[best] = (credit[best] ?? 0) - total
    return best
  }
}

/** Gives each call to one of the apps, in the proportion of their weights; all sessions of a call to the same one. */
export const weighted = <C>(choices: readonly (readonly [app: App<C>, weight: number])[]): App<C> => {
  for (const [{ name }, weight] of choices)
    if (!(weight > 0) || !Number.isFinite(weight))
      throw new ArgumentError(`expected a weight above 0 for ${name}, got ${weight}`)
  if (choices.length === 0) throw new ArgumentError('expected at least one app with its weight')
  const choose = chooser(choices.map(([, weight]) => weight))
  const chosen = new WeakMap<object, number>()
  const choiceOf = ({ vars }: Call): number => {
    // Of a call each flow has its own view; what is in `vars` is everybody's.
    const choice = chosen.get(vars) ?? choose()
    chosen.set(vars, choice)
    return choice
  }
  return compose(...choices.map(([app], i) => guard(({ call }) => choiceOf(call) === i, app)))
}
