import { ask, finding, type Check, type Finding } from './doctor-finding.ts'
import { profile } from './doctor-profile.ts'

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
  mod_bert: 'Bert tests the sound of calls with it',
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
