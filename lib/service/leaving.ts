import type { Listener } from '../listener/listener.ts'
import type { Registration } from '../listener/registry.ts'

/** Resolves when no session that is up has any of these apps. */
export const whenUnused = (
  { tables, registry, callEnded }: Listener,
  apps: readonly Registration[],
): Promise<void> =>
  new Promise((resolve) => {
    const isUsed = (): boolean =>
      [...tables.sessions.values()].some(({ appKey }) =>
        registry.appsOf(appKey).some((app) => apps.includes(app)),
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
 * ended.
 */
export const drain = async (listener: Listener): Promise<void> => {
  const apps = [...listener.registry.all]
  for (const app of apps) listener.setAside(app)
  await whenUnused(listener, apps)
}
