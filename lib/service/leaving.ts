import type { Listener } from '../listener/listener.ts'
import { isOwned } from '../listener/owned.ts'
import type { Registration } from '../listener/registry.ts'
import type { SessionState } from '../model/state.ts'

/** Resolves when no session that is up, and `counts`, has any of these apps. */
export const whenUnused = (
  { tables, registry, callEnded }: Listener,
  apps: readonly Registration[],
  counts: (state: SessionState) => boolean = () => true,
): Promise<void> =>
  new Promise((resolve) => {
    const isUsed = (): boolean =>
      [...tables.sessions.values()].some(
        (state) => registry.appsOf(state.appKey).some((app) => apps.includes(app)) && counts(state),
      )
    const look = (): void => {
      if (isUsed()) return
      callEnded.delete(look)
      resolve()
    }
    callEnded.add(look)
    look()
  })

/**
 * Leaves the apps to the calls that they have: new calls are not given them. Resolves when the last of those calls has
 * ended; a call that they were shown, and that is another controller's, is not waited for.
 */
export const drain = async (listener: Listener): Promise<void> => {
  const apps = [...listener.registry.all]
  for (const app of apps) listener.setAside(app)
  await whenUnused(listener, apps, (state) => isOwned(listener, state))
}
