// Place one call on the embedded switch, hear a tone for a second, hang up.
import { connect } from 'switchix'
import { tonePlay } from 'switchix/apps'
import { simulate } from 'switchix/testing'

await using sw = await simulate() // a FreeSWITCH look-alike; or leave it out and connect to a host:
await using client = await connect(sw) // connect('127.0.0.1'), connect('fs1:8021', { password })
await client.load(tonePlay(), { id: 'tone' })

const sess = await client.originate('park@127.0.0.1:5080', { app: 'tone' })
console.log('answered: %s, and its peer %s', sess.uuid, sess.peer?.uuid)
await new Promise((resolve) => setTimeout(resolve, 1000))
const event = await sess.hangup()
console.log('hung up: %s', event.get('Hangup-Cause'))
