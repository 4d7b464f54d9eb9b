import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { messageOf } from '../errors.ts'
import type { LoadedApp } from '../app/load.ts'
import type { Client } from '../service/client.ts'
import type { AppSource } from '../service/factory.ts'
import { parseAppSource } from './app-source.ts'
import { loadAppSource, type NamedApp } from './load-app.ts'
import { say } from './say.ts'

/** The apps of a service, and how they are loaded again. */
export interface ServedApps {
  readonly named: readonly NamedApp[]
  readonly sources: readonly AppSource[]
  /** Loads an app again on these clients when its file was edited; gives what stops that. */
  watch(clients: readonly Client[]): () => void
}

/** An editor writes a file in several steps; what comes within so many ms is one edit. */
const ONE_EDIT = 100

/** Replaces an app on every client; one whose edited file does not load stays as it is. */
const reload = async (text: string, loaded: Map<Client, LoadedApp>): Promise<void> => {
  try {
    const app = await loadAppSource(text, { again: true })
    for (const [client, before] of loaded) loaded.set(client, await client.replace(before, app.create()))
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
  watch(clients) {
    const watchers = texts.flatMap((text, i) => {
      const source = parseAppSource(text)
      if (source.kind === 'built-in' || !source.isFile) return []
      // Clients have the apps in the order they were named.
      const loaded = new Map(clients.map((client) => [client, client.apps[i] as LoadedApp]))
      let busy = Promise.resolve()
      return [
        onEdit(resolve(source.module), () => {
          busy = busy.then(() => reload(text, loaded))
        }),
      ]
    })
    return () => watchers.forEach((watcher) => watcher.close())
  },
})
