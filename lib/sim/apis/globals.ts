import type { Switch } from '../core/switch.ts'

const globals = (sw: Switch): ReadonlyMap<string, string> => {
  const { hostname, profiles, soundsDir } = sw.config
  const ports = profiles.map(({ name, port }): [string, string] => [`${name}_sip_port`, String(port)])
  return new Map([
    ['hostname', hostname],
    ['sound_prefix', soundsDir],
    ['sounds_dir', soundsDir],
    ['recordings_dir', '/var/freeswitch/recordings'],
    ['local_ip_v4', profiles[0]?.host ?? '127.0.0.1'],
    ['global_codec_prefs', 'PCMU,PCMA'],
    ...ports,
    ['core_uuid', sw.coreUuid],
  ])
}

/** `global_getvar [name]`: one, which may be nothing, or all of them. */
export const globalGetvar = (sw: Switch, arg: string): string => {
  const all = globals(sw)
  if (arg !== '') return all.get(arg) ?? ''
  return [...all].map(([name, value]) => `${name}=${value}\n`).join('')
}
