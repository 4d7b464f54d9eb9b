// Set-up and tear-down of an app: a generator with one `yield`. Everything before it runs when the app is loaded.
import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ClientApp } from 'switchix'
import { tonePlay } from 'switchix/apps'
import { simulate } from 'switchix/testing'

/** Writes a line for every session that ends. */
const audit = (path: string): ClientApp => {
  let file: FileHandle
  return {
    name: 'Audit',
    async *prepost({ client, log }) {
      file = await open(path, 'a')
      log('auditing %s', client.name)
      yield
      await file.close()
    },
    handle: {
      // Low level: the raw event, and no session.
      HEARTBEAT: (event) => console.log('%s sessions are up', event.get('Session-Count')),
    },
    on: { CHANNEL_HANGUP: (sess) => file.appendFile(`${sess.uuid} ${sess.cause ?? ''}\n`) },
  }
}

const dir = await mkdtemp(join(tmpdir(), 'switchix-audit-'))
const path = join(dir, 'audit.log')

await using sw = await simulate()
const client = await connect(sw, { apps: [audit(path), tonePlay()] })
const caller = await client.originate('park@127.0.0.1:5080')
await caller.call.hangup('USER_BUSY')
// The switch takes the other leg down; the call is over when all of its sessions are.
await Promise.all(caller.call.sessions.map((sess) => sess.recv('CHANNEL_DESTROY', { timeout: 5000 })))
await client.close() // unloads the apps: what they still do is awaited, then the file is closed

console.log('audited:\n%s', (await readFile(path, 'utf8')).trimEnd())
await rm(dir, { recursive: true })
