// One program that serves the calls of several switches. Each gets an app of its own; all count in the same place.
import { connect, serve, type ClientApp } from 'switchix'
import { simulate } from 'switchix/testing'

const served = new Map<string, number>()

/** A factory gives each switch its own app, with its own state; an object would be shared by all. */
const reception = (): ClientApp => {
  let calls = 0
  return {
    name: 'Reception',
    on: {
      async CHANNEL_PARK(sess) {
        if (sess.direction !== 'inbound') return
        served.set(sess.node, ++calls)
        await sess.answer()
      },
    },
  }
}

await using fs1 = await simulate()
await using fs2 = await simulate()
await using service = await serve([fs1, fs2], { apps: [reception] }) // or hosts: serve(['fs1', 'fs2'], ...)

// Somebody else places calls on them.
for (const [sw, calls] of [
  [fs1, 2],
  [fs2, 1],
] as const) {
  await using other = await connect(sw)
  for (let i = 0; i < calls; i++) await (await other.originate('park@127.0.0.1:5080')).hangup()
}
console.log('%d switches, calls on each: %s', service.clients.length, [...served.values()].join(' and '))
