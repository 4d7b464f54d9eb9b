import { isUp } from '../channel/channel.ts'
import { setVariable } from '../channel/variables.ts'
import { separate } from '../calls/separate.ts'
import { later, type Switch } from '../core/switch.ts'
import { TIMING } from '../core/timing.ts'
import type { Application, Execution } from '../execution/execution.ts'
import { beginPark } from './park.ts'

const DEFAULT_PORT = 8084

interface Address {
  readonly host: string
  readonly port: number
  readonly path: string
}

/** `<host>[:<port>][/<path>]`, several of them between `|`: the first that listens is taken. */
const addressesIn = (text: string): Address[] =>
  text
    .split('|')
    .filter((one) => one !== '')
    .map((one) => {
      const [, host = '', port, path = ''] = /^([^]*?)(?::(\d*))?(?:\/([^]*))?$/.exec(one) ?? []
      return { host, port: port === undefined ? DEFAULT_PORT : Number(port), path }
    })

/**
 * The call waits for the application outside to say `connect`, then parks, and takes its messages from a queue. The
 * end of the connection ends the park.
 */
const asyncControl = (sw: Switch, run: Execution) => {
  const { channel } = run
  let parked = false
  const parkNow = (): void => {
    if (parked || run.ended) return
    parked = true
    beginPark(sw, run, () => {
      if (channel.state === 'CS_RESET') channel.state = 'CS_EXECUTE'
      run.end()
    })
  }
  run.onStop = (why) => {
    if (why !== 'hangup') return
    parkNow()
    run.onStop?.(why)
  }
  return {
    // Its thread looks with every tick of a clock of 1 ms (`switch_cond_next`): half of that, in the mean.
    connected: () => void later(sw, TIMING.wake / 2, parkNow),
    // An application that has gone without a word leaves the call parked: nobody controls it, so nobody lets it go.
    ended: (resume: boolean) => {
      if (resume && isUp(channel)) channel.state = 'CS_RESET'
      later(sw, TIMING.wake, parkNow)
    },
  }
}

/** The connection carries the messages out itself, one after the other; the call goes on when it is over. */
const syncControl = (run: Execution) => ({ connected: () => undefined, ended: () => run.end() })

/** `socket <host>:<port> [async] [full]`: hands the call over to an application outside (`socket_function`). */
export const socket: Application = (sw, run) => {
  const { channel } = run
  const [where = '', ...words] = separate(run.arg, ' ', 80)
  const flags = words.map((word) => word.toLowerCase())
  const async = flags.includes('async')
  const addresses = addressesIn(where)
  // While it connects, the call's thread does nothing else.
  run.outlives = true
  const tryNext = async (): Promise<void> => {
    const address = addresses.shift()
    if (!address) {
      run.end()
      return
    }
    if (address.path !== '') setVariable(channel, 'socket_path', address.path)
    setVariable(channel, 'socket_host', address.host)
    const opener = async ? asyncControl(sw, run) : syncControl(run)
    const how = { async, full: flags.includes('full'), opener }
    if (!(await sw.config.handOver(sw, channel, address, how))) {
      await tryNext()
      return
    }
    if (!async) return
    run.outlives = false
    if (!isUp(channel)) run.stop('hangup')
  }
  void tryNext()
}
