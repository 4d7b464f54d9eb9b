import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Node's own, which jiti keeps what it has loaded in, too. */
const { cache } = createRequire(import.meta.url)

/** Whether a file is the user's, and not an installed package's. */
const isOwn = (file: string): boolean => !/[\\/]node_modules[\\/]/.test(file)

/** Returns the file of a loaded module and those that it imports, directly or not; installed packages are left out. */
export const filesOf = (path: string): readonly string[] => {
  const files = new Set<string>()
  const visit = (file: string): void => {
    const module = cache[file]
    if (!module || files.has(file) || !isOwn(file)) return
    files.add(file)
    for (const child of module.children) visit(child.filename)
  }
  visit(path)
  // A module stands under the path that its links lead to.
  if (existsSync(path)) visit(realpathSync(path))
  return [...files]
}

/** Has these files read again when they are imported next. */
export const forgetFiles = (files: readonly string[]): void => {
  for (const file of files) Reflect.deleteProperty(cache, file)
}

/** Runs `load`; where that fails, what it has loaded until then is read again the next time. */
export const forgetOnFailure = async <T>(load: () => Promise<T>): Promise<T> => {
  const before = new Set(Object.keys(cache))
  try {
    return await load()
  } catch (error) {
    forgetFiles(Object.keys(cache).filter((file) => !before.has(file) && isOwn(file)))
    throw error
  }
}
