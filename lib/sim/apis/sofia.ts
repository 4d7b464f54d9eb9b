import { gatewayStatus } from './sofia-gateway.ts'
import type { SipProfile } from '../core/config.ts'
import type { Switch } from '../core/switch.ts'

const RULE = `${'='.repeat(97)}\n`

const urlOf = ({ host, port }: SipProfile): string => `sip:mod_sofia@${host}:${port}`

const list = (profiles: readonly SipProfile[]): string => {
  const row = (cells: readonly [string, string, string, string]): string =>
    `${cells[0].padStart(25)}\t${cells[1].padStart(7)}\t${cells[2].padStart(42)}\t${cells[3]}\n`
  const rows = profiles.map((profile) => row([profile.name, 'profile', urlOf(profile), 'RUNNING (0)']))
  return (
    row(['Name', '  Type', 'Data', 'State']) +
    RULE +
    rows.join('') +
    RULE +
    `${profiles.length} profile${profiles.length === 1 ? '' : 's'} 0 aliases\n`
  )
}

const details = (profile: SipProfile): string => {
  const rows: readonly (readonly [string, string])[] = [
    ['Name', profile.name],
    ['Domain Name', 'N/A'],
    ['Auto-NAT', 'false'],
    ['DBName', `sofia_reg_${profile.name}`],
    ['Pres Hosts', ''],
    ['Dialplan', 'XML'],
    ['Context', profile.context],
    ['Challenge Realm', 'auto_to'],
    ['RTP-IP', profile.host],
    ['SIP-IP', profile.host],
    ['URL', urlOf(profile)],
    ['BIND-URL', `${urlOf(profile)};transport=udp,tcp`],
    ['HOLD-MUSIC', 'N/A'],
    ['OUTBOUND-PROXY', 'N/A'],
    ['CODECS IN', 'PCMU,PCMA'],
    ['CODECS OUT', 'PCMU,PCMA'],
    ['TEL-EVENT', '101'],
    ['DTMF-MODE', 'rfc2833'],
    ['CNG', '13'],
    ['SESSION-TO', '0'],
    ['MAX-DIALOG', '0'],
    ['MAX-RECV-RPS', '1000'],
    ['NOMEDIA', 'false'],
    ['LATE-NEG', 'false'],
    ['PROXY-MEDIA', 'false'],
    ['AGGRESSIVENAT', 'false'],
    ['CALLS-IN', '0'],
    ['FAILED-CALLS-IN', '0'],
    ['CALLS-OUT', '0'],
    ['FAILED-CALLS-OUT', '0'],
    ['REGISTRATIONS', '0'],
  ]
  return RULE + rows.map(([name, value]) => `${name.padEnd(17)}\t${value}\n`).join('')
}

/** `sofia xmlstatus`: the same list. */
const xmlList = (profiles: readonly SipProfile[]): string =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\n<profiles>\n${profiles
    .map(
      (profile) =>
        `<profile>\n<name>${profile.name}</name>\n<type>profile</type>\n<data>${urlOf(profile)}</data>\n` +
        '<state>RUNNING (0)</state>\n</profile>\n',
    )
    .join('')}</profiles>\n`

/** `sofia status`, `sofia status profile <name>`, `sofia xmlstatus`. */
export const sofia = (sw: Switch, arg: string): string => {
  const [verb, what, name] = arg.split(/ +/)
  if (verb === 'xmlstatus' && what === undefined) return xmlList(sw.config.profiles)
  if (verb === 'status' && what === undefined) return list(sw.config.profiles)
  if (verb === 'status' && what === 'gateway') return gatewayStatus(sw, name)
  if (verb === 'status' && what === 'profile' && name !== undefined) {
    const profile = sw.config.profiles.find((one) => one.name === name)
    return profile ? details(profile) : 'Invalid Profile!\n'
  }
  return `-ERR sofia ${arg} is not modelled by the embedded switch\n`
}
