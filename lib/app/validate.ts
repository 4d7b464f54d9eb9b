import { requireEventName, suggestion } from '../esl/subscribable.ts'
import { AppLoadError } from '../errors.ts'
import type { App } from './app.ts'

/** The same error as elsewhere, as the cause of one that names the app. */
const requireNames = (app: string, field: string, names: readonly string[]): void => {
  for (const event of names)
    try {
      requireEventName(event)
    } catch (error) {
      throw new AppLoadError(
        app,
        `${field} has ${JSON.stringify(event)}, which is not a known event${suggestion(event)}`,
        error,
      )
    }
}

const checkFunctions = (app: string, field: string, functions: object | undefined): void => {
  requireNames(app, field, Object.keys(functions ?? {}))
  for (const [event, value] of Object.entries(functions ?? {}))
    for (const fn of [value].flat() as unknown[])
      if (typeof fn !== 'function')
        throw new AppLoadError(app, `expected ${field}.${event} to be a function, got ${typeof fn}`)
}

/** Checks what the types cannot, for apps that come from JavaScript. Throws AppLoadError (APP_LOAD). */
export const requireApp = <C>(app: App<C>): void => {
  const name = typeof app.name === 'string' && app.name !== '' ? app.name : '(without a name)'
  if (name !== app.name) throw new AppLoadError(name, 'expected it to have a name')
  checkFunctions(name, 'on', app.on)
  checkFunctions(name, 'handle', app.handle)
  requireNames(name, 'subscribe', app.subscribe ?? [])
  for (const fn of [app.flow ?? []].flat() as unknown[])
    if (typeof fn !== 'function')
      throw new AppLoadError(name, `expected flow to be a function, got ${typeof fn}`)
  if (!app.on && !app.handle && !app.flow && !app.prepost)
    throw new AppLoadError(name, 'it does nothing: expected on, flow, handle or prepost')
}

/** The events that the switch must send for an app to work. */
export const eventsOf = <C>(app: App<C>): string[] => [
  ...Object.keys(app.on ?? {}),
  ...Object.keys(app.handle ?? {}),
  ...(app.subscribe ?? []),
]
