import type { Switch } from './switch.ts'

/** The global variables that a switch has by itself (`switch_load_core_config`, `set_vars` in `vars.xml`). */
const ownGlobals = (sw: Switch): (readonly [string, string])[] => {
  const { hostname, profiles, soundsDir, recordingsDir } = sw.config
  return [
    ['hostname', hostname],
    ['local_mask_v4', '255.255.255.0'],
    ['local_ip_v6', '::1'],
    ['base_dir', '/var/freeswitch'],
    ['recordings_dir', recordingsDir],
    ['sound_prefix', soundsDir],
    ['sounds_dir', soundsDir],
    ...DIRECTORIES,
    ['local_ip_v4', profiles[0]?.host ?? '127.0.0.1'],
    ['global_codec_prefs', 'PCMU,PCMA'],
  ]
}

/** Where a FreeSWITCH keeps its files; the embedded one has none there. */
const DIRECTORIES: readonly (readonly [string, string])[] = [
  ['conf_dir', '/etc/freeswitch'],
  ['log_dir', '/var/freeswitch/log'],
  ['run_dir', '/var/freeswitch/run'],
  ['db_dir', '/var/freeswitch/db'],
  ['mod_dir', '/var/freeswitch/mod'],
  ['htdocs_dir', '/var/freeswitch/htdocs'],
  ['script_dir', '/var/freeswitch/scripts'],
  ['temp_dir', '/tmp'],
  ['grammar_dir', '/var/freeswitch/grammar'],
  ['fonts_dir', '/var/freeswitch/fonts'],
  ['images_dir', '/var/freeswitch/images'],
  ['certs_dir', '/var/freeswitch/certs'],
  ['storage_dir', '/var/freeswitch/storage'],
  ['cache_dir', '/var/freeswitch/cache'],
  ['data_dir', '/var/freeswitch'],
  ['localstate_dir', '/var/freeswitch'],
].map(([name = '', value = '']) => [name, value])

/** What a configuration sets by itself, behind what it was given. */
const lastGlobals = (sw: Switch): (readonly [string, string])[] => [
  ...sw.config.profiles.map(({ name, port }) => [`${name}_sip_port`, String(port)] as const),
  ['core_uuid', sw.coreUuid],
]

/** All global variables: those of its own, and those that were given or set. */
export const globals = (sw: Switch): ReadonlyMap<string, string> => {
  const all = new Map([...ownGlobals(sw), ...sw.stores.globals])
  for (const [name, value] of lastGlobals(sw)) if (!all.has(name)) all.set(name, value)
  for (const [name, value] of all) if (value === '') all.delete(name)
  return all
}

export const getGlobal = (sw: Switch, name: string): string | undefined => globals(sw).get(name)
