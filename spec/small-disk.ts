import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const mount = (path: string, bytes: number): void =>
  void execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path], { stdio: 'ignore' })

const umount = (path: string): void => void execFileSync('umount', ['-l', path], { stdio: 'ignore' })

/** Whether file systems can be mounted here: that takes root, and a container that lets it. Specs that need it say so, and are skipped. */
export const canMount = ((): boolean => {
  if (process.getuid?.() !== 0) return false
  const path = mkdtempSync(join(tmpdir(), 'switchix-mount-'))
  try {
    mount(path, 4096)
    umount(path)
    return true
  } catch {
    return false
  } finally {
    rmdirSync(path)
  }
})()

export interface SmallDisk {
  readonly path: string
  unmount(): void
}

/** A disk of so many bytes, in a folder. */
export const mountSmall = (dir: string, bytes: number): SmallDisk => {
  const path = join(dir, 'disk')
  mkdirSync(path)
  mount(path, bytes)
  return { path, unmount: () => umount(path) }
}
