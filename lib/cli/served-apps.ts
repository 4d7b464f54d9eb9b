import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import type { LoadedApp } from '../app/load.ts'
import type { AppSource } from '../service/factory.ts'
import { parseAppSource } from './app-source.ts'
import { loadAppSource, type NamedApp } from './load-app.ts'
import { say } from './say.ts'

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
  /** Loads an app again on these when its file was edited; gives what stops that. */
  watch(hosts: readonly AppHost[]): () => void
}

/** An editor writes a file in several steps; what comes within so many ms is one edit. */
const ONE_EDIT = 100

/** Replaces the app of that number on every host; one whose edited file does not load stays as it is. */
const reload = async (text: string, hosts: readonly AppHost[], number: number): Promise<void> => {
  try {
    const app = await loadAppSource(text, { again: true })
    for (const host of hosts) await host.replace(host.apps[number] as LoadedApp, () => app.create())
    say(`${app.name} was edited, and is loaded again for new calls`)
  } catch (error) {
    say(`${text} was edited, and stays as it was: ${messageOf(error)}`)
  }
}

/** Watches the folder, for editors put another file in the place of the one that is edited. */
const onEdit = (path: string, edited: () => void): FSWatcher => {
  let timer: NodeJS.Timeout | undefined
  return watch(dirname(path), (_, name) => {
    if (name !== basename(path)) return
    clearTimeout(timer)
    timer = setTimeout(edited, ONE_EDIT)
  })
}

/** `texts` is where they come from, as it was typed. */
export const servedApps = (named: readonly NamedApp[], texts: readonly string[]): ServedApps => ({
  named,
  sources: named.map((app) => () => app.create()),
  watch(hosts) {
    const watchers = texts.flatMap((text, i) => {
      const source = parseAppSource(text)
      if (source.kind === 'built-in' || !source.isFile) return []
      let busy = Promise.resolve()
      return [
        onEdit(resolve(source.module), () => {
          busy = busy.then(() => reload(text, hosts, i))
        }),
      ]
    })
    return () => watchers.forEach((watcher) => watcher.close())
  },
})
