import { watch, type FSWatcher } from 'node:fs'
import { dirname, join } from 'node:path'

/** An editor writes a file in several steps; what comes within so many milliseconds is one edit. */
const ONE_EDIT_MS = 100

const isSource = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path)

/** Watches files that may change from edit to edit. */
export interface FileWatch {
  /** Watches these files in place of those before; with `all`, every source file in their folders, too. */
  set(files: readonly string[], all?: boolean): void
  close(): void
}

/**
 * Calls `edited` with the files of an edit. Folders are watched, for editors put another file in the place of the one that
 * is edited.
 */
export const watchFiles = (edited: (files: ReadonlySet<string>) => void): FileWatch => {
  const folders = new Map<string, FSWatcher>()
  let watched: ReadonlySet<string> = new Set()
  let anySource = false
  let changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const note = (path: string): void => {
    if (!watched.has(path) && !(anySource && isSource(path))) return
    changed.add(path)
    clearTimeout(timer)
    timer = setTimeout(() => {
      const files = changed
      changed = new Set()
      edited(files)
    }, ONE_EDIT_MS)
  }

  return {
    set(files, all = false) {
      watched = new Set(files)
      anySource = all
      const needed = new Set(files.map((file) => dirname(file)))
      for (const [folder, watcher] of folders) {
        if (needed.has(folder)) continue
        watcher.close()
        folders.delete(folder)
      }
      for (const folder of needed) {
        if (folders.has(folder)) continue
        const watcher = watch(folder, (_, name) => {
          if (name !== null) note(join(folder, name))
        })
        // A folder that is removed takes its watcher with it.
        watcher.on('error', () => folders.delete(folder))
        folders.set(folder, watcher)
      }
    },
    close() {
      clearTimeout(timer)
      for (const watcher of folders.values()) watcher.close()
      folders.clear()
    },
  }
}
