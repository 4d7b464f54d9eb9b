// Test an IVR as its callers meet it: a phone calls it, presses keys, and what it heard is checked. In virtual time: no waiting.
import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { connect, inbound, type ClientApp } from 'switchix'
import { simulate, virtualClock, type Phone } from 'switchix/testing'

/** Asks for a PIN, and sends the balance of the account as digits. */
const balance: ClientApp = {
  name: 'Balance',
  on: {
    async CHANNEL_PARK(sess) {
      await sess.answer()
      const account = sess.get('variable_sip_h_X-Account')
      const pin = await sess.collectDigits({ prompt: 'ivr/enter-pin.wav', min: 4, max: 4, tries: 2 })
      if (account === '7001' && pin === '1234') {
        await sess.sendDtmf('250')
        await sess.sleep(1500) // until all three are out
      } else await sess.playback('ivr/goodbye.wav')
      await sess.hangup()
    },
  },
}

const played: { readonly uuid: string; readonly file: string }[] = []
const prompts: ClientApp = {
  name: 'Prompts',
  on: {
    PLAYBACK_START: ({ uuid }, event) =>
      void played.push({ uuid, file: basename(event.get('Playback-File-Path')) }),
  },
}
const promptsFor = (phone: Phone): string[] =>
  played.filter(({ uuid }) => uuid === phone.uuid).map(({ file }) => file)

const clock = virtualClock()

const test = async (): Promise<void> => {
  const sounds = { 'ivr/enter-pin.wav': 3000, 'ivr/goodbye.wav': 1500 } // how long they are, in ms
  await using sw = await simulate({ clock, transport: 'memory', sounds })
  await using client = await connect(sw, { clock, apps: [inbound(balance), prompts] })

  const alice = sw.call({ to: '100', from: 'alice', headers: { 'X-Account': '7001' } })
  await alice.answered
  alice.press('1234')
  assert.equal(await alice.ended, 'NORMAL_CLEARING')
  assert.equal(alice.heard, '250')
  assert.deepEqual(promptsFor(alice), ['enter-pin.wav'])
  console.log('alice, who knows her PIN, heard %s', alice.heard)

  const bob = sw.call({ to: '100', from: 'bob' })
  await bob.ended // he presses nothing: some 25 seconds
  assert.equal(bob.heard, '')
  assert.equal(promptsFor(bob).at(-1), 'goodbye.wav')
  const asked = promptsFor(bob).filter((file) => file === 'enter-pin.wav').length
  console.log('bob, who pressed nothing, was asked %d times', asked)

  const carol = sw.call({ to: '100', from: 'carol' })
  await carol.answered
  await new Promise<void>((resolve) => clock.setTimeout(resolve, 1000))
  carol.hangup()
  await carol.ended
  assert.deepEqual(promptsFor(carol), ['enter-pin.wav'])
  assert.equal(client.counts.appFailures, 0)
  console.log('carol hung up in the middle of the prompt')
}

await clock.run(test())
