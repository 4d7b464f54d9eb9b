// A small load: 20 calls at 20 a second, and what became of them.
import { connect, createOriginator } from 'switchix'
import { tonePlay } from 'switchix/apps'
import { simulate } from 'switchix/testing'

await using sw = await simulate()
await using client = await connect(sw)
await client.load(tonePlay(), { id: 'tone' })

const originator = createOriginator([client], {
  dest: 'park@127.0.0.1:5080',
  app: 'tone',
  rate: 20,
  maxOffered: 20,
  duration: 500,
})
for await (const { answered, active } of originator.run(500))
  console.log('%d answered, %d up', answered, active)
console.log(originator.summary())
