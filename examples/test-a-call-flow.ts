// Test a call flow by hand: what the caller does, and what the flow must do then. No switch, no waiting, any test runner.
import assert from 'node:assert/strict'
import type { ClientApp } from 'switchix'
import { testSession } from 'switchix/testing'

const menu: ClientApp = {
  name: 'Menu',
  subscribe: ['DTMF'],
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound' || sess.answered) return
      await sess.answer()
      void sess.playback('menu.wav')
      const key = await sess.recv('DTMF', { timeout: 10_000 }).catch(() => undefined)
      if (key?.get('DTMF-Digit') === '1') await sess.transfer('sales')
      else await sess.hangup('NO_USER_RESPONSE')
    },
  },
}

const t = await testSession(menu, { caller: '+4930123456' })
await t.expect('answer')
await t.expectRunning('playback', 'menu.wav') // it goes on while the caller presses a key
t.dtmf('1')
await t.expect('transfer', /^sales /)
await t.end() // nothing else came, and nothing failed
console.log('1 goes to sales')

const silent = await testSession(menu)
await silent.run() // the caller does nothing: ten seconds, in no time
assert.equal(String(silent.commands.at(-1)), 'uuid_kill NO_USER_RESPONSE')
console.log('silence is hung up on after %d s', Math.round((silent.commands.at(-1)?.t ?? 0) / 1000))
await silent.end()
