import { examine, type Diagnosis } from '../service/doctor.ts'
import type { Finding, Verdict } from '../service/doctor-finding.ts'
import type { DoctorCommandOptions } from './doctor.ts'
import { EXIT } from './failure.ts'
import { EMBEDDED } from './nodes.ts'
import type { EmbeddedSwitch } from '../sim/simulate.ts'

const MARKS: Readonly<Record<Verdict, string>> = {
  ok: 'ok      ',
  warning: 'warning ',
  problem: 'PROBLEM ',
  unknown: 'unknown ',
}

const lineOf = ({ verdict, check, found, mend }: Finding): string =>
  `  ${MARKS[verdict]} ${check.padEnd(20)} ${found}\n${mend === undefined ? '' : `${' '.repeat(32)}${mend}\n`}`

const textOf = ({ host, healthy, findings }: Diagnosis): string =>
  `${host}: ${healthy ? 'healthy' : 'not healthy'}\n${findings.map(lineOf).join('')}`

/** What stands between us and the switch comes before what is wrong on it. */
const OUTSIDE = new Set(['reachable', 'password', 'access list'])

const codeOf = (diagnoses: readonly Diagnosis[]): number => {
  const problems = diagnoses.flatMap(({ findings }) =>
    findings.filter(({ verdict }) => verdict === 'problem'),
  )
  if (problems.length === 0) return EXIT.ok
  return problems.some(({ check }) => OUTSIDE.has(check)) ? EXIT.unreachable : EXIT.failed
}

// A function of its own: beside an `await using`, TypeScript 6 leaves the name of what is imported as it is, ending in .ts.
const embed = async (): Promise<EmbeddedSwitch> => (await import('../sim/simulate.ts')).simulate()

const examineOne = async (
  host: string,
  { profile, rate, password }: DoctorCommandOptions,
): Promise<Diagnosis> => {
  if (host !== EMBEDDED) return examine(host, { profile, rate, password })
  await using embedded = await embed()
  return await examine(embedded, { profile, rate })
}

/** Runs `switchix doctor` and gives its exit code. */
export const runDoctor = async (hosts: readonly string[], options: DoctorCommandOptions): Promise<number> => {
  const diagnoses = await Promise.all(hosts.map((host) => examineOne(host, options)))
  if (options.json) process.stdout.write(`${JSON.stringify(diagnoses, null, 2)}\n`)
  else process.stdout.write(diagnoses.map(textOf).join('\n'))
  return codeOf(diagnoses)
}
