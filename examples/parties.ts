// Whom to call: several telephones at once, one after the other, each with its own time to answer.
import { connect, HangupError, type App } from 'switchix'
import { simulate } from 'switchix/testing'

/** Rings the two desks of support for ten seconds, then whoever is on duty, by the gateway. */
const support: App = {
  name: 'Support',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      try {
        const call = await sess.bridge({
          strategy: 'in turn',
          parties: [
            { parties: ['desk1@192.0.2.1', { dest: 'desk2@192.0.2.1', vars: { 'sip_h_X-Desk': 2 } }] },
            { dest: '5551234', gateway: 'trunk', timeout: 20_000 },
          ],
        })
        console.log('taken by %s', sess.peer?.get('Caller-Destination-Number'))
        await call.ended
        await sess.hangup()
      } catch (error) {
        if (!(error instanceof HangupError)) throw error
        console.log('the caller gave up')
      }
    },
  },
}

/** Both desks are busy; whoever is on duty answers. */
await using sw = await simulate({
  gateways: { trunk: { proxy: '192.0.2.9:5060' } },
  calledParty: ({ host }) => {
    if (host === '192.0.2.9') return { ringAfter: 10, answerAfter: 50 }
    return host === '192.0.2.1' ? { reject: { after: 10, status: 486 } } : undefined
  },
})
await using client = await connect(sw, { apps: [support] })

const caller = await client.originate('support@127.0.0.1:5080')
const legs = caller.call.sessions.slice(2).map((leg) => leg.get('Caller-Destination-Number'))
console.log('called: %s', legs.join(', '))
await new Promise((resolve) => setTimeout(resolve, 200))
await caller.hangup()
