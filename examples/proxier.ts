// Proxier, written out: bridge every call that comes in to its Request-URI, here to a telephone that is not the switch.
import { connect, type App } from 'switchix'
import { simulate } from 'switchix/testing'

/** Proxy every inbound call to the SIP Request-URI. */
const proxier = (): App => ({
  name: 'Proxier',
  on: {
    async CHANNEL_PARK(sess) {
      if (sess.direction !== 'inbound') return
      void sess.bridge() // started, not awaited
      await sess.recv('CHANNEL_ANSWER', { timeout: 60_000 })
      console.log('answered by %s', sess.get('Caller-Destination-Number'))
    },
  },
})

/** Bob's telephone, at an address of its own: it rings for 100 ms before he takes the call. */
await using sw = await simulate({
  calledParty: ({ user }) => (user === 'bob' ? { ringAfter: 10, answerAfter: 100 } : undefined),
})
await using client = await connect(sw, { apps: [proxier()] })

// A call for bob that is sent to the switch first, as by a telephone whose outbound proxy it is.
const caller = await client.originate('bob@192.0.2.7:5060', { proxy: '127.0.0.1:5080' })
const legs = caller.call.sessions.map(({ direction }) => direction)
console.log('the legs: %s', legs.join(', '))

const end = await caller.hangup()
console.log('hung up: %s', end.get('Hangup-Cause'))
