import { describe, expect, it } from 'vitest'
import { examine, type Diagnosis } from '../../lib/service/doctor.ts'
import type { DoctorOptions } from '../../lib/service/doctor-finding.ts'
import { simulate, type SimulateOptions } from '../../lib/sim/simulate.ts'
import { virtualClock } from '../../lib/testing/virtual-clock.ts'
import { letIn, reply, response, serveMemory } from '../link/peer.ts'
import { outcomeOf } from '../testing/promises.ts'

const onSim = async (
  options: DoctorOptions & { password?: string } = {},
  sim: SimulateOptions = {},
): Promise<Diagnosis> => {
  const clock = virtualClock()
  return clock.run(
    (async () => {
      await using sw = await simulate({ clock, transport: 'memory', ...sim })
      return await examine(sw, options)
    })(),
  )
}

/** A switch that answers these apis so. */
const onScript = async (
  answers: Readonly<Record<string, string>>,
  options: DoctorOptions = {},
): Promise<Diagnosis> => {
  const clock = virtualClock()
  const script = letIn(async (peer) => {
    for (;;) {
      const command = await peer.next()
      const api = command.replace(/^api /, '')
      peer.write(command.startsWith('api ') ? response(answers[api] ?? '-ERR no reply\n') : reply('+OK'))
      if (command === 'exit') peer.end()
    }
  })
  const target = { host: '10.0.0.1', port: 8021, clock, connect: serveMemory(clock, script) }
  return clock.run(examine(target, options))
}

const problems = ({ findings }: Diagnosis): string[] =>
  findings.filter(({ verdict }) => verdict === 'problem').map(({ check }) => check)
const verdictOf = ({ findings }: Diagnosis, check: string): string | undefined =>
  findings.find((each) => each.check === check)?.verdict

const GOOD = {
  version:
    'FreeSWITCH Version 1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit (git a88d069 2024-08-02 21:02:27Z 64bit)\n',
  'module_exists mod_sofia': 'true',
  'module_exists mod_dptools': 'true',
  'module_exists mod_commands': 'true',
  'module_exists mod_tone_stream': 'true',
  'module_exists mod_sndfile': 'true',
  'module_exists mod_bert': 'true',
  'sofia status profile external':
    'Name             \texternal\nContext          \tpublic\nBIND-URL         \tsip:mod_sofia@10.0.0.1:5080;transport=udp,tcp\n',
  'xml_locate dialplan context name public':
    '<context name="public">\n<extension name="park"><condition><action application="park"/></condition></extension></context>\n',
  'xml_locate configuration configuration name sofia.conf':
    '<configuration name="sofia.conf"><profiles><profile name="external"><settings><param name="rtp-timer-name" value="soft"></param></settings></profile></profiles></configuration>\n',
  'fsctl sps': '+OK sessions per second: 30\n',
  'fsctl max_sessions': '+OK max sessions: 1000\n',
  'fsctl pause_check': 'false',
}

describe('doctor', () => {
  it('finds nothing wrong with the embedded switch', async () => {
    const diagnosis = await onSim({ rate: 100 })
    expect([diagnosis.healthy, problems(diagnosis)]).toEqual([true, []])
    expect(verdictOf(diagnosis, 'sessions per second')).toBe('ok')
  })

  it('nor with a switch that is set up as it should be; a password that everybody knows is told of', async () => {
    const diagnosis = await onScript(GOOD, { rate: 15 })
    expect([diagnosis.host, diagnosis.healthy]).toEqual(['10.0.0.1:8021', true])
    expect(diagnosis.findings.filter(({ verdict }) => verdict !== 'ok').map(({ check }) => check)).toEqual([
      'password',
    ])
  })

  it('tells a wrong password, an access list and nobody there apart', async () => {
    expect(problems(await onSim({ password: 'x' }))).toEqual(['password'])
    expect(problems(await onSim({}, { acl: () => false }))).toEqual(['access list'])
    expect(problems(await examine('127.0.0.1:9'))).toEqual(['reachable'])
    expect(await outcomeOf(examine('no address'))).toMatchObject({ code: 'BAD_ARGUMENT' })
  })

  it('says how that is mended', async () => {
    const [password] = (await onSim({ password: 'x' })).findings
    const [list] = (await onSim({}, { acl: () => false })).findings
    expect([password?.mend, list?.mend]).toEqual([
      expect.stringContaining('--password'),
      expect.stringContaining('apply-inbound-acl'),
    ])
  })

  it.each([
    ['ok', '127.0.0.1:8084 async full', 'hands every call over to 127.0.0.1:8084'],
    ['problem', '127.0.0.1:8084 full', 'not with "async full"'],
    ['problem', '', 'not with "async full"'],
  ])('takes a context that hands its calls over for %s: "%s"', async (verdict, data, found) => {
    const xml = `<context name="public"><extension name="s"><condition><action application="socket" data="${data}"/></condition></extension></context>`
    const diagnosis = await onScript({ ...GOOD, 'xml_locate dialplan context name public': xml })
    expect(diagnosis.findings.find(({ check }) => check === 'context')).toMatchObject({
      verdict,
      found: expect.stringContaining(found) as string,
    })
  })

  it('says that a rate is too high for a switch that calls itself, and how that is mended', async () => {
    const diagnosis = await onScript(GOOD, { rate: 50 })
    const { found, mend } = diagnosis.findings.find(({ check }) => check === 'sessions per second') ?? {}
    expect(found).toBe('30 sessions per second, and 50 calls per second to itself need 100')
    expect(mend).toContain("fs_cli -x 'fsctl sps 200'")
    expect(diagnosis.healthy).toBe(false)
  })

  it.each([
    ['profile', { 'sofia status profile external': 'Invalid Profile!\n' }],
    ['module', { 'module_exists mod_sofia': 'false' }],
    ['context', { 'xml_locate dialplan context name public': '<context name="public"></context>' }],
    ['paused', { 'fsctl pause_check': 'true' }],
  ])('finds what is wrong with the %s', async (check, answers) => {
    expect(problems(await onScript({ ...GOOD, ...answers }))).toEqual([check])
  })

  it.each([
    ['version', 'warning', { version: 'FreeSWITCH Version 1.6.20~64bit\n' }],
    [
      'rtp timer',
      'warning',
      { 'xml_locate configuration configuration name sofia.conf': '<profile name="external"></profile>' },
    ],
    [
      'rtp timer',
      'unknown',
      { 'xml_locate configuration configuration name sofia.conf': "can't find anything\n" },
    ],
    ['context', 'unknown', { 'xml_locate dialplan context name public': "can't find anything\n" }],
  ])('does not call it a problem: %s is a %s', async (check, verdict, answers) => {
    const diagnosis = await onScript({ ...GOOD, ...answers })
    expect([verdictOf(diagnosis, check), diagnosis.healthy]).toEqual([verdict, true])
  })
})
