import { resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import type { LoadedApp } from '../app/load.ts'
import type { AppSource } from '../service/factory.ts'
import { parseAppSource } from './app-source.ts'
import { loadAppSource, type NamedApp } from './load-app.ts'
import { forgetFiles } from './module-files.ts'
import { say } from './say.ts'
import { watchFiles, type FileWatch } from './watch-files.ts'

/** What apps are served by: a pool, or a client. */
export interface AppHost {
  /** In the order they were named. */
  readonly apps: readonly LoadedApp[]
  replace(loaded: LoadedApp, app: AppSource): Promise<unknown>
}

/** The apps of a service, and how they are loaded again. */
export interface ServedApps {
  readonly named: readonly NamedApp[]
  readonly sources: readonly AppSource[]
  /** Loads an app again on these when its file, or one that it imports, was edited; returns what stops that. */
  watch(hosts: readonly AppHost[]): () => void
}

/** An app of a file: what it is named on the command line, its number there, and the files that it is made of. */
interface WatchedApp {
  readonly text: string
  readonly number: number
  files: readonly string[]
  /** Whether it could not be loaded after the last edit: any source file beside its own may mend it. */
  broken: boolean
}

const watchedApps = (texts: readonly string[], named: readonly NamedApp[]): WatchedApp[] =>
  texts.flatMap((text, number) => {
    const source = parseAppSource(text)
    if (source.kind === 'built-in' || !source.isFile) return []
    const files = new Set([resolve(source.module), ...(named[number]?.files ?? [])])
    return [{ text, number, files: [...files], broken: false }]
  })

/** Replaces an app on every host; one whose edited files do not load stays as it is. */
const reload = async (app: WatchedApp, hosts: readonly AppHost[]): Promise<void> => {
  const { text, number } = app
  try {
    const loaded = await loadAppSource(text)
    app.files = [...new Set([...app.files.slice(0, 1), ...loaded.files])]
    for (const host of hosts) await host.replace(host.apps[number] as LoadedApp, () => loaded.create())
    app.broken = false
    say(`${loaded.name} was edited, and is loaded again for new calls`)
  } catch (error) {
    app.broken = true
    say(`${text} was edited, and stays as it was: ${messageOf(error)}`)
  }
}

const setFiles = (watcher: FileWatch, apps: readonly WatchedApp[]): void =>
  watcher.set(
    apps.flatMap(({ files }) => files),
    apps.some(({ broken }) => broken),
  )

/** Loads the apps again that the edited files belong to. Apps of one file share its modules, as they did before. */
const reloadEdited = async (
  edited: ReadonlySet<string>,
  apps: readonly WatchedApp[],
  hosts: readonly AppHost[],
): Promise<void> => {
  const affected = apps.filter(({ broken, files }) => broken || files.some((file) => edited.has(file)))
  for (const { files } of affected) forgetFiles(files)
  for (const app of affected) await reload(app, hosts)
}

/** `texts` is where they come from, as it was typed. */
export const servedApps = (named: readonly NamedApp[], texts: readonly string[]): ServedApps => ({
  named,
  sources: named.map((app) => () => app.create()),
  watch(hosts) {
    const apps = watchedApps(texts, named)
    let busy = Promise.resolve()
    const watcher = watchFiles((edited) => {
      busy = busy.then(async () => {
        await reloadEdited(edited, apps, hosts)
        setFiles(watcher, apps)
      })
    })
    setFiles(watcher, apps)
    return () => watcher.close()
  },
})
