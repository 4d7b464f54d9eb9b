import type { Gateway } from '../core/config.ts'
import type { Switch } from '../core/switch.ts'

const RULE = `${'='.repeat(97)}\n`

/** One that does not register is up as long as the switch is. */
const details = (sw: Switch, name: string, gateway: Gateway): string => {
  const profile = gateway.profile ?? sw.config.profiles[0]?.name ?? ''
  const seconds = Math.floor(sw.clock.now() / 1000 - sw.startedAt / 1e6)
  const rows: readonly (readonly [string, string | number])[] = [
    ['Name    ', name],
    ['Profile ', profile],
    ['Scheme  ', 'Digest'],
    ['Realm   ', gateway.proxy],
    ['Username', 'FreeSWITCH'],
    ['Password', 'no'],
    ['From    ', `<sip:FreeSWITCH@${gateway.proxy};transport=udp>`],
    ['Contact ', ''],
    ['Exten   ', 'FreeSWITCH'],
    ['To      ', `sip:FreeSWITCH@${gateway.proxy}`],
    ['Proxy   ', `sip:${gateway.proxy}`],
    ['Context ', sw.config.profiles.find((one) => one.name === profile)?.context ?? ''],
    ['Expires ', 3600],
    ['Freq    ', 3600],
    ['Ping    ', 0],
    ['PingFreq', 0],
    ['PingTime', '0.00'],
    ['PingState', '0/0/0'],
    ['State   ', 'NOREG'],
    ['Status  ', 'UP'],
    ['Uptime  ', `${seconds}s`],
    ['CallsIN ', 0],
    ['CallsOUT', 0],
    ['FailedCallsIN', 0],
    ['FailedCallsOUT', 0],
  ]
  return RULE + rows.map(([label, value]) => `${label}\t${value}\n`).join('') + RULE
}

const summary = (sw: Switch): string => {
  const rows = [...sw.config.gateways].map(([name, gateway]) => {
    const key = `${gateway.profile ?? sw.config.profiles[0]?.name ?? ''}::${name}`
    return `${key.padStart(25)}\t${`sip:FreeSWITCH@${gateway.proxy}`.padStart(32)}\tNOREG\t  0.00\t0/0\t0/0\n`
  })
  const head = `${'Profile::Gateway-Name'.padStart(25)}\t${'    Data    '.padStart(32)}\tState\tPing Time\tIB Calls(F/T)\tOB Calls(F/T)\n`
  const count = `${rows.length} gateway${rows.length === 1 ? '' : 's'}`
  return `${head}${RULE}${rows.join('')}${RULE}${count}: Inbound(Failed/Total): 0/0,Outbound(Failed/Total):0/0\n`
}

/** `sofia status gateway [<name>]` (`cmd_status` in `mod_sofia.c`); calls by a gateway are not counted. */
export const gatewayStatus = (sw: Switch, name: string | undefined): string => {
  if (name === undefined) return summary(sw)
  const gateway = sw.config.gateways.get(name)
  return gateway ? details(sw, name, gateway) : 'Invalid Gateway!\n'
}
