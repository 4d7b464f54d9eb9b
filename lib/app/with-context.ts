import type { App } from './app.ts'

/** Returns the app with a `prepost` that is given `more`, too. */
export const withContext = <C extends object>(app: App<C>, more: Partial<C>): App<C> =>
  app.prepost ? { ...app, prepost: (context) => app.prepost?.({ ...context, ...more }) } : app
