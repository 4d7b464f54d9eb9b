import { originateFunction } from '../../model/originate.ts'
import type { Command } from '../../model/packet.ts'
import { applied, text, number, type Position } from '../position.ts'
import { injected, same, wrong, type Verdict } from '../verdict.ts'
import { judgeDial } from './braces.ts'

interface Wanted {
  readonly vars?: Readonly<Record<string, string>>
  readonly dial?: (party: string) => Verdict
  readonly app?: string
  readonly arg?: (arg: string) => Verdict
}

const DEST = '100@10.0.0.1'
const isDest = (party: string): Verdict => same(party, `sofia/external/${DEST}`)
const isEmpty = (arg: string): Verdict => same(arg, '')

const originated = (sent: readonly Command[], wanted: Wanted): Verdict => {
  const { vars = {}, dial = isDest, app = 'park', arg = isEmpty } = wanted
  const [command] = sent
  const names = command?.headers.map(({ name }) => name).join()
  if (sent.length !== 1 || names !== 'Job-UUID' || !command?.line.startsWith('bgapi originate '))
    return injected(sent)
  const found = originateFunction(command.line.slice('bgapi originate '.length).replace(/[\t \v]+$/, ''))
  if (!found) return injected('more or fewer words')
  if (found.more.length > 0) return injected(found.more)
  if (found.app !== app) return injected(`application ${found.app ?? found.arg}`)
  return judgeDial(found.leg, vars, dial) ?? applied(found.arg, arg)
}

/** A name that is not a variable's would be refused, or stand for itself. */
const named = (sent: readonly Command[], name: string): Verdict => {
  const leg = originateFunction(sent[0]?.line.slice('bgapi originate '.length) ?? '')?.leg ?? ''
  return leg.includes(`,${name}=x}`) || leg.startsWith(`{${name}=x,`)
    ? originated(sent, { vars: { [name]: 'x' } })
    : wrong(leg)
}

/** What `client.originate` is given. */
export const originatePositions: readonly Position[] = [
  text(
    'originate vars',
    ({ client }, v) => client.originate(DEST, { vars: { myvar: v } }),
    (v, sent) => originated(sent, { vars: { myvar: v } }),
  ),
  text(
    'originate two vars',
    ({ client }, v) => client.originate(DEST, { vars: { 'sip_h_X-A': v, b: v } }),
    (v, sent) => originated(sent, { vars: { 'sip_h_X-A': v, b: v } }),
  ),
  text(
    'originate vars name',
    ({ client }, v) => client.originate(DEST, { vars: { [v]: 'x' } }),
    (v, sent) => named(sent, v),
  ),
  text(
    'originate callerIdName',
    ({ client }, v) => client.originate(DEST, { callerIdName: v }),
    (v, sent) => originated(sent, { vars: { origination_caller_id_name: v } }),
  ),
  text(
    'originate callerIdNumber',
    ({ client }, v) => client.originate(DEST, { callerIdNumber: v }),
    (v, sent) => originated(sent, { vars: { origination_caller_id_number: v } }),
  ),
  text(
    'originate dest',
    ({ client }, v) => client.originate(v, { gateway: 'trunk' }),
    (v, sent) => originated(sent, { dial: (party) => same(party, `sofia/gateway/trunk/${v}`) }),
  ),
  text(
    'originate profile',
    ({ client }, v) => client.originate('100', { profile: v }),
    (v, sent) => originated(sent, { dial: (party) => same(party, `sofia/${v}/100`) }),
  ),
  text(
    'originate gateway',
    ({ client }, v) => client.originate('100', { gateway: v }),
    (v, sent) => originated(sent, { dial: (party) => same(party, `sofia/gateway/${v}/100`) }),
  ),
  text(
    'originate proxy',
    ({ client }, v) => client.originate(DEST, { proxy: v }),
    (v, sent) =>
      originated(sent, { dial: (party) => same(party, `sofia/external/${DEST};fs_path=sip:${v}`) }),
  ),
  text(
    'originate uuid',
    ({ client }, v) => client.originate(DEST, { uuid: v }),
    (v, sent) => originated(sent, { vars: { origination_uuid: v } }),
  ),
  text(
    'originate execute',
    ({ client }, v) => client.originate(DEST, { execute: v }),
    (v, sent) => originated(sent, { app: v }),
  ),
  text(
    'originate executeArg',
    ({ client }, v) => client.originate(DEST, { execute: 'log', executeArg: v }),
    (v, sent) => originated(sent, { app: 'log', arg: (arg) => same(arg, v) }),
  ),
  number(
    'originate timeout',
    ({ client }, v) => client.originate(DEST, { timeout: v }),
    (v, sent) =>
      originated(sent, { vars: { originate_timeout: String(Math.max(1, Math.ceil(Number(v) / 1000))) } }),
  ),
]
