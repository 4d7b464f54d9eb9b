// A small load: 20 calls at 20 a second, and what became of them.
import { createOriginator } from 'switchix'
import { tonePlay } from 'switchix/apps'
import { simulate } from 'switchix/testing'

await using sw = await simulate() // or hosts: createOriginator(['fs1', 'fs2'], { ... })
await using originator = await createOriginator([sw], {
  app: tonePlay(),
  rate: 20,
  maxOffered: 20,
  duration: 500,
})
for await (const { answered, active } of originator.run(500))
  console.log('%d answered, %d up', answered, active)
console.log(originator.summary())
