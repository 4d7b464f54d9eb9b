import { SwitchixError } from '../errors.ts'
import type { Client } from './client.ts'
import { parksAll } from './park-only.ts'

export type Verdict = 'ok' | 'warning' | 'problem' | 'unknown'

/** One thing that was looked at. */
export interface Finding {
  readonly check: string
  readonly verdict: Verdict
  /** What was found. */
  readonly found: string
  /** How it is mended, where something is wrong. */
  readonly mend?: string | undefined
}

export interface DoctorOptions {
  /** The SIP profile that calls go out and come in by. Default `external`. */
  readonly profile?: string | undefined
  /** Calls per second that are wanted. */
  readonly rate?: number | undefined
}

export type Check = (
  client: Client,
  options: DoctorOptions & { readonly profile: string },
) => Promise<Finding[]>

/** What an api says; an error is what it says, too. */
const ask = async (client: Client, command: string): Promise<string> => {
  try {
    return (await client.api(command)).trim()
  } catch (error) {
    if (error instanceof SwitchixError && error.code === 'API_ERROR')
      return (error as { reply?: string }).reply ?? ''
    throw error
  }
}

const finding = (check: string, verdict: Verdict, found: string, mend?: string): Finding => ({
  check,
  verdict,
  found,
  mend,
})

/** The oldest that was tried with the recordings is 1.10. */
const version: Check = async (client) => {
  const text = await ask(client, 'version')
  const [, major = '', minor = ''] = /(\d+)\.(\d+)\.\d+/.exec(text) ?? []
  const line = text.split('\n')[0] ?? ''
  if (major === '') return [finding('version', 'unknown', line)]
  return Number(major) > 1 || Number(minor) >= 10
    ? [finding('version', 'ok', line)]
    : [finding('version', 'warning', line, 'switchix is tried with 1.10 and newer; update FreeSWITCH')]
}

const NEEDED = ['mod_sofia', 'mod_dptools', 'mod_commands']
const USEFUL: Readonly<Record<string, string>> = {
  mod_tone_stream: 'TonePlay plays tones with it',
  mod_sndfile: 'WAV files are played and recorded with it',
}

const modules: Check = async (client) => {
  const has = async (name: string): Promise<boolean> =>
    (await ask(client, `module_exists ${name}`)) === 'true'
  const findings: Finding[] = []
  for (const name of [...NEEDED, ...Object.keys(USEFUL)])
    if (await has(name)) findings.push(finding('module', 'ok', `${name} is loaded`))
    else {
      const use = USEFUL[name]
      const mend = `load ${name} in modules.conf.xml, or now: fs_cli -x 'load ${name}'${use ? ` (${use})` : ''}`
      findings.push(finding('module', use ? 'warning' : 'problem', `${name} is not loaded`, mend))
    }
  return findings
}

const row = (status: string, name: string): string | undefined =>
  new RegExp(`^${name}\\s+(\\S.*)$`, 'm').exec(status)?.[1]?.trim()

/** The context, by the XML that the switch has of it; one that comes from elsewhere (mod_xml_curl, Lua) is not seen. */
const contextOf = async (client: Client, context: string): Promise<Finding> => {
  const xml = await ask(client, `xml_locate dialplan context name ${context}`)
  if (!xml.includes('<context')) {
    const what = `the context ${context} is not in the XML dialplan that the switch shows`
    return finding(
      'context',
      'unknown',
      what,
      'see that it parks every call: conf/dialplan/switchix.xml is one that does',
    )
  }
  const verdict = parksAll(xml)
  return verdict.parksAll
    ? finding('context', 'ok', `the context ${context} parks every call`)
    : finding(
        'context',
        'problem',
        `the context ${context} does not park every call: ${verdict.why}`,
        'give the profile a context of its own that does, as conf/dialplan/switchix.xml: <param name="context" value="switchix"/>',
      )
}

/** The timer that paces what is sent; without one a leg that receives nothing never ends a playback. */
const timerOf = async (client: Client, profile: string): Promise<Finding> => {
  const xml = await ask(client, 'xml_locate configuration configuration name sofia.conf')
  const [own] =
    new RegExp(`<profile name="${profile}"[^]*?</profile>`).exec(xml.replace(/<!--[^]*?-->/g, '')) ?? []
  if (own === undefined)
    return finding('rtp timer', 'unknown', `the settings of the profile ${profile} are not shown`)
  const timer = /name="rtp-timer-name"\s+value="([^"]*)"/.exec(own)?.[1]
  return timer === 'soft'
    ? finding('rtp timer', 'ok', `the profile ${profile} has rtp-timer-name=soft`)
    : finding(
        'rtp timer',
        'warning',
        `the profile ${profile} has ${timer === undefined ? 'no rtp-timer-name' : `rtp-timer-name=${timer}`}`,
        `<param name="rtp-timer-name" value="soft"/> in the profile: without it a leg that receives no RTP never ends a playback`,
      )
}

const profile: Check = async (client, { profile: name }) => {
  const status = await ask(client, `sofia status profile ${name}`)
  const url = row(status, 'BIND-URL')
  if (url === undefined) {
    const all = await ask(client, 'sofia status')
    const running = Array.from(all.matchAll(/^\s*(\S+)\s+profile\s+\S+\s+RUNNING/gim), ([, one = '']) => one)
    const others = running.length > 0 ? `running are ${running.join(', ')}` : 'none is running'
    return [
      finding(
        'profile',
        'problem',
        `there is no SIP profile ${name}; ${others}`,
        'start it, or name another one with --profile',
      ),
    ]
  }
  const context = row(status, 'Context')
  return [
    finding('profile', 'ok', `${name} is running on ${url}`),
    ...(context === undefined ? [] : [await contextOf(client, context)]),
    await timerOf(client, name),
  ]
}

const number = (text: string): number => Number(/(\d+)\s*$/.exec(text)?.[1] ?? Number.NaN)

/** How long a call is taken to last where nobody says, in s. */
const USUAL_CALL = 10

/** A switch that calls itself has two sessions for each call. */
const limits: Check = async (client, { rate }) => {
  const sps = number(await ask(client, 'fsctl sps'))
  const sessions = number(await ask(client, 'fsctl max_sessions'))
  const paused = (await ask(client, 'fsctl pause_check')) === 'true'
  const findings: Finding[] = []
  if (paused)
    findings.push(
      finding('paused', 'problem', 'the switch takes no calls: it is paused', `fs_cli -x 'fsctl resume'`),
    )
  const wanted = rate === undefined ? 0 : 2 * rate
  findings.push(
    sps >= wanted
      ? finding('sessions per second', 'ok', `${sps} sessions per second`)
      : finding(
          'sessions per second',
          'problem',
          `${sps} sessions per second, and ${rate ?? 0} calls per second to itself need ${wanted}`,
          `fs_cli -x 'fsctl sps ${wanted * 2}' for now; sessions-per-second in switch.conf.xml for good`,
        ),
  )
  const needed = wanted * USUAL_CALL
  findings.push(
    sessions >= needed
      ? finding('max sessions', 'ok', `${sessions} sessions at once`)
      : finding(
          'max sessions',
          'warning',
          `${sessions} sessions at once, and ${rate ?? 0} calls per second of ${USUAL_CALL} s to itself need ${needed}`,
          `fs_cli -x 'fsctl max_sessions ${needed * 2}' for now; max-sessions in switch.conf.xml for good`,
        ),
  )
  return findings
}

/** All checks of a switch that lets us in, in the order they are told. */
export const CHECKS: readonly Check[] = [version, modules, profile, limits]
