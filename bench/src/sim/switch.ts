import { simulate } from '../../../dist/testing/index.js'

/** The embedded switch in a process of its own: says where it listens, and how much CPU time it has used when asked. */
const sw = await simulate({ seed: 1 })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuUs: user + system, channels: sw.channels() })
})
process.send?.({ port: sw.port })
