import { ConnectError, type ErrorCode } from '../errors.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { CHECKS } from './doctor-checks.ts'
import type { DoctorOptions, Finding } from './doctor-finding.ts'
import { isLoopback } from '../link/access-list.ts'
import { DEFAULT_PASSWORD } from './default-password.ts'
import { parseTarget, type Target } from './target.ts'

/** What was found out about a switch. */
export interface Diagnosis {
  /** `host:port` */
  readonly host: string
  /** Nothing stands in the way; warnings aside. */
  readonly healthy: boolean
  readonly findings: readonly Finding[]
}

/** What stands between us and the switch, and how it is mended where the message does not say so. */
const OUTSIDE: Partial<Record<ErrorCode, readonly [check: string, mend: string]>> = {
  AUTH_FAILED: ['password', 'give the one that event_socket.conf.xml has: --password-file'],
  ACL_REJECTED: [
    'access list',
    'let this machine in by the list that apply-inbound-acl in event_socket.conf.xml names, as conf/autoload_configs/acl.conf.xml does; then: reloadacl',
  ],
}

/** Why there is no connection. */
const refused = ({ code, message }: ConnectError): Finding => {
  const [check = 'reachable', mend] = OUTSIDE[code] ?? []
  return { check, verdict: 'problem', found: message, mend }
}

/**
 * Looks at a switch for what a newcomer gets wrong: can it be reached, does it let us in, has it what is needed, does it
 * park calls, is it fast enough for the rate that is wanted. Nothing is changed there, and no call is placed. Rejects with
 * ArgumentError for what is no address; that the switch cannot be reached is a finding.
 */
export const examine = async (
  target: Target,
  { profile = 'external', rate, ...options }: DoctorOptions & ConnectOptions = {},
): Promise<Diagnosis> => {
  const { host, port } = parseTarget(target)
  const findings: Finding[] = []
  try {
    await using client = await connect(target, options)
    findings.push({ check: 'reachable', verdict: 'ok', found: `${host}:${port} lets us in` })
    if (!isLoopback(host) && (options.password ?? DEFAULT_PASSWORD) === DEFAULT_PASSWORD)
      findings.push({
        check: 'password',
        verdict: 'warning',
        found: 'the password is ClueCon, as FreeSWITCH ships',
        mend: 'whoever reaches the Event Socket rules the switch: change it in event_socket.conf.xml',
      })
    for (const check of CHECKS) findings.push(...(await check(client, { profile, rate })))
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error
    findings.push(refused(error))
  }
  return {
    host: `${host}:${port}`,
    healthy: findings.every(({ verdict }) => verdict !== 'problem'),
    findings,
  }
}
