import { API_TABLE } from './known-apis.ts'
import type { Switch } from '../core/switch.ts'

/** `help [command]`: what there is on the switch of the recordings; what of it is not modelled says so when called. */
export const help = (_: Switch, arg: string): string => {
  const chosen = arg === '' ? API_TABLE : API_TABLE.filter(({ name }) => name === arg)
  if (chosen.length === 0) return '-ERR No such command\n'
  return `${arg === '' ? '\nValid Commands:\n\n' : ''}${chosen.map(({ line }) => `${line}\n`).join('')}`
}

const RULE = '.=============================================================.\n'

/** The words of `banner`, which FreeSWITCH shows when it starts (`switch_core_banner`). */
export const banner = (): string =>
  `\n${RULE}` +
  String.raw`|   _____              ______        _____ _____ ____ _   _   |
|  |  ___| __ ___  ___/ ___\ \      / /_ _|_   _/ ___| | | |  |
|  | |_ | '__/ _ \/ _ \___ \\ \ /\ / / | |  | || |   | |_| |  |
|  |  _|| | |  __/  __/___) |\ V  V /  | |  | || |___|  _  |  |
|  |_|  |_|  \___|\___|____/  \_/\_/  |___| |_| \____|_| |_|  |
|                                                             |
` +
  RULE +
  `|   Anthony Minessale II, Michael Jerris, Brian West, Others  |
|   FreeSWITCH (http://www.freeswitch.org)                    |
|   Paypal Donations Appreciated: paypal@freeswitch.org       |
|   Brought to you by ClueCon http://www.cluecon.com/         |
` +
  `${RULE}\n`
