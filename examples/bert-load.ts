// A load that listens: 30 calls a second, each of which must get its pattern back through the switch.
import { createOriginator } from 'switchix'
import { bert } from 'switchix/apps'
import { simulate } from 'switchix/testing'

await using sw = await simulate() // or hosts: createOriginator(['fs1', 'fs2'], { ... })
const app = bert()
await using dialer = await createOriginator([sw], {
  rate: 30,
  limit: 500,
  maxOffered: 20,
  duration: 1500, // a pattern takes a second to be known; without this, limit / rate: 16.7 s
  app,
})
for await (const { answered, active } of dialer.run(500)) console.log('%d answered, %d up', answered, active)
const { inSync, lostSync, timedOut } = app.counts
console.log('%d in sync, %d lost it, %d never had it', inSync, lostSync, timedOut)
