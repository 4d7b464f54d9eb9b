import { isEventName, EVENT_NAMES } from '../esl/event-names.ts'
import { AppLoadError } from '../errors.ts'
import type { App } from './app.ts'

/** How far two names are apart: a typing mistake or two is near. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
    row = next
  }
  return row[b.length] ?? 0
}

/** `; did you mean …?` where an event's name is near. */
export const suggestion = (name: string): string => {
  const near = EVENT_NAMES.map((known) => [distance(name, known), known] as const).sort(
    ([a], [b]) => a - b,
  )[0]
  return near && near[0] <= 4 ? `; did you mean ${near[1]}?` : ''
}

const checkFunctions = (app: string, field: string, functions: object | undefined): void => {
  for (const [event, value] of Object.entries(functions ?? {})) {
    if (!isEventName(event))
      throw new AppLoadError(app, `${field} has "${event}", which is no event${suggestion(event)}`)
    for (const fn of [value].flat() as unknown[])
      if (typeof fn !== 'function')
        throw new AppLoadError(app, `expected ${field}.${event} to be a function, got ${typeof fn}`)
  }
}

/** Checks what the types cannot, for apps that come from JavaScript. Throws AppLoadError (APP_LOAD). */
export const requireApp = <C>(app: App<C>): void => {
  const name = typeof app.name === 'string' && app.name !== '' ? app.name : '(without a name)'
  if (name !== app.name) throw new AppLoadError(name, 'expected it to have a name')
  checkFunctions(name, 'on', app.on)
  checkFunctions(name, 'handle', app.handle)
  for (const event of app.subscribe ?? [])
    if (!isEventName(event))
      throw new AppLoadError(
        name,
        `subscribe has "${event as string}", which is no event${suggestion(event)}`,
      )
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
