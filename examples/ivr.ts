// A menu, as a script: ask, wait for digits, do what they say. Written as it is spoken, from top to bottom.
import { connect, inbound, type App, type Session } from 'switchix'
import { simulate } from 'switchix/testing'

const PROMPT = 'tone_stream://%(100,50,440)'

const sales = async (sess: Session): Promise<void> => {
  const order = await sess.collectDigits({ prompt: PROMPT, min: 2, max: 6, firstDigitTimeout: 2000 })
  console.log('the order: %s', order)
}

const menu: App = {
  name: 'Menu',
  async flow(sess) {
    await sess.recv('CHANNEL_PARK')
    await sess.answer()
    const choice = await sess.collectDigits({
      prompt: PROMPT,
      tries: 2,
      pattern: '[12]',
      firstDigitTimeout: 2000,
    })
    console.log('the choice: %s', choice)
    if (choice === '1') await sales(sess)
    await sess.playback('tone_stream://%(100,0,880)')
    await sess.hangup()
  },
}

await using sw = await simulate()
await using client = await connect(sw, { apps: [inbound(menu)] })

const caller = await client.originate('park@127.0.0.1:5080')
await caller.sendDtmf('1', 60)
// The caller waits for the next question: until the first one has been answered.
await caller.peer?.recv((event) => event.get('variable_switchix_digits') === '1', { timeout: 5000 })
await caller.sendDtmf('47#', 60)
const end = await caller.recv('CHANNEL_HANGUP', { timeout: 10_000 })
console.log('the call ended: %s', end.get('Hangup-Cause'))
