// Count the sessions that were answered: the smallest app there is. `client.counts.answered` keeps the same count.
import { connect, type App } from 'switchix'
import { simulate } from 'switchix/testing'

let answered = 0

const counter: App = {
  name: 'Counter',
  on: {
    CHANNEL_ANSWER() {
      answered++
    },
  },
}

const receptionist: App = {
  name: 'Receptionist',
  on: {
    CHANNEL_PARK: (sess) => (sess.direction === 'inbound' ? sess.answer() : undefined),
  },
}

await using sw = await simulate()
await using client = await connect(sw, { apps: [counter, receptionist] })

const calls = await Promise.all([1, 2, 3].map(() => client.originate('park@127.0.0.1:5080')))
await Promise.all(calls.map((sess) => sess.hangup()))
console.log('%d calls, %d answered sessions', calls.length, answered)
