import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const root = new URL('..', import.meta.url).pathname

/** Builds what the specs run as a process of its own: a second where nothing has changed since the last build. */
export const setup = async (): Promise<void> => {
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: root }).catch((error: unknown) => {
    throw new Error(`the build failed:\n${(error as { stdout: string }).stdout}`, { cause: error })
  })
}
