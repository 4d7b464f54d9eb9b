import { describe, expect, test } from 'vitest'
import { BUILT_IN_APPS } from '../../lib/apps/registry.ts'
import { listApps } from '../../lib/cli/list-apps.ts'
import { runCli } from './run-cli.ts'

describe('switchix list-apps', () => {
  test('shows every app with its options, their types and defaults', async () => {
    const { code, stdout, stderr } = await runCli(['list-apps'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe(listApps(BUILT_IN_APPS, false))
    for (const { name, summary, options } of BUILT_IN_APPS) {
      expect(stdout).toMatch(new RegExp(`^${name}$`, 'm'))
      expect(stdout.replace(/\s+/g, ' ')).toContain(summary)
      for (const option of options) expect(stdout).toContain(`    ${option.name}=<${option.type}>`)
    }
    expect(stdout).toContain('    timeout=<duration>  default: 3s\n')
    expect(stdout).toContain('    onRecorded=<function>  in a program only\n')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110)
  })

  test('--json gives the same to programs', async () => {
    const { code, stdout } = await runCli(['list-apps', '--json'])
    expect(code).toBe(0)
    const apps = JSON.parse(stdout) as { name: string; options: unknown[] }[]
    expect(apps.map(({ name }) => name)).toEqual(BUILT_IN_APPS.map(({ name }) => name))
    expect(apps.find(({ name }) => name === 'Proxier')?.options).toEqual([
      {
        name: 'timeout',
        type: 'duration',
        default: '1m',
        summary: 'how long the callee may take to answer',
        settable: true,
      },
    ])
  })

  test('whatever else is typed is refused', async () => {
    expect((await runCli(['list-apps', '--xml'])).code).toBe(2)
    expect((await runCli(['list-apps', 'Bert'])).code).toBe(2)
  })
})
