// A load of calls that are not all alike: two in three are answered, one in three is refused.
import { createOriginator, inbound, weighted, type App } from 'switchix'
import { simulate } from 'switchix/testing'

const answering: App = {
  name: 'Answering',
  on: { CHANNEL_PARK: (sess) => sess.answer() },
}

const busy: App = {
  name: 'Busy',
  on: { CHANNEL_PARK: (sess) => sess.respond(486) },
}

await using sw = await simulate()
await using originator = await createOriginator([sw], {
  app: inbound(
    weighted([
      [answering, 2],
      [busy, 1],
    ]),
  ),
  rate: 50,
  maxOffered: 30,
  duration: 300,
})
for await (const { answered, failed, active } of originator.run(250))
  console.log('%d answered, %d failed, %d up', answered, failed, active)
console.log(originator.summary().causes)
