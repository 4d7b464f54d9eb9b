import type { Channel } from '../channel/channel.ts'
import { localStamp } from '../events/stamps.ts'
import type { Switch } from '../core/switch.ts'
import type { Row } from './show-format.ts'

const LEG = 'uuid direction created created_epoch name state cid_name cid_num ip_addr dest'.split(' ')

/** The columns of FreeSWITCH's table of channels. */
export const CHANNEL_COLUMNS: readonly string[] = [
  ...LEG,
  ...(
    'application application_data dialplan context read_codec read_rate read_bit_rate write_codec write_rate ' +
    'write_bit_rate secure hostname presence_id presence_data accountcode callstate callee_name callee_num ' +
    'callee_direction call_uuid sent_callee_name sent_callee_num initial_cid_name initial_cid_num initial_ip_addr ' +
    'initial_dest initial_dialplan initial_context'
  ).split(' '),
]

const PARTY = 'presence_id presence_data accountcode callstate callee_name callee_num callee_direction'.split(
  ' ',
)

/** The columns of its view of calls: both legs of a bridge in one row. */
export const CALL_COLUMNS: readonly string[] = [
  ...LEG,
  ...PARTY,
  'call_uuid',
  'hostname',
  'sent_callee_name',
  'sent_callee_num',
  ...[...LEG, ...PARTY].map((name) => `b_${name}`),
  'b_sent_callee_name',
  'b_sent_callee_num',
  'call_created_epoch',
]

const DETAILS = CHANNEL_COLUMNS.slice(0, CHANNEL_COLUMNS.indexOf('initial_cid_name'))

/** The columns of its view of calls with everything. */
export const DETAILED_CALL_COLUMNS: readonly string[] = [
  ...DETAILS,
  ...DETAILS.map((name) => `b_${name}`),
  'call_created_epoch',
]

/** The table is written behind the events: what a channel does is seen in it so much later, in milliseconds. */
const LAG = 40

/** Its first states, and a hangup, are not written at all (`core_event_handler` in `src/switch_core_sqldb.c`). */
const listedState = (sw: Switch, { running, ranBefore, ranUntil }: Channel): string =>
  (ranBefore === 'CS_EXECUTE' || ranBefore === 'CS_PARK') && sw.clock.now() - ranUntil < LAG
    ? ranBefore
    : running

/** A channel as the table has it; it knows of a callee only once the caller id was flipped. */
export const channelRow = (sw: Switch, channel: Channel): Row => {
  const { caller, codec } = channel
  const flipped = channel.direction === 'outbound' && channel.hitDialplan
  const app = channel.executions.at(-1)
  const codecOf = (side: string, name: string | undefined): Record<string, string> =>
    codec && name !== undefined
      ? {
          [`${side}_codec`]: name,
          [`${side}_rate`]: '8000',
          [`${side}_bit_rate`]: name === 'L16' ? '128000' : '64000',
        }
      : {}
  return {
    uuid: channel.uuid,
    direction: channel.direction,
    created: localStamp(channel.createdAt),
    created_epoch: String(Math.floor(channel.createdAt / 1e6)),
    name: channel.name,
    state: listedState(sw, channel),
    cid_name: (caller?.listed ?? caller)?.name ?? '',
    cid_num: (caller?.listed ?? caller)?.number ?? '',
    ip_addr: channel.direction === 'inbound' ? (caller?.networkAddr ?? '') : '',
    dest: caller?.destination ?? '',
    application: app?.app ?? '',
    application_data: app?.arg ?? '',
    dialplan: caller?.dialplan ?? '',
    context: caller?.context ?? '',
    ...codecOf('read', channel.readCodec),
    ...codecOf('write', channel.writeCodec),
    hostname: sw.config.hostname,
    callstate: channel.callState,
    ...(flipped
      ? {
          callee_name: caller?.calleeName ?? '',
          callee_num: caller?.calleeNumber ?? '',
          callee_direction: 'RECV',
        }
      : {}),
    call_uuid: flipped || channel.partner !== undefined ? channel.callUuid : '',
    initial_cid_name: caller?.origName ?? '',
    initial_cid_num: caller?.origNumber ?? '',
    initial_ip_addr: channel.direction === 'inbound' ? (caller?.networkAddr ?? '') : '',
    initial_dest: caller?.destination ?? '',
    initial_dialplan: caller?.dialplan ?? '',
    initial_context: caller?.context ?? '',
  }
}

/** A call: its first leg, and the one that it is bridged with. */
export const callRow = (sw: Switch, channel: Channel): Row => {
  const partner = channel.partner === undefined ? undefined : sw.channels.get(channel.partner)
  const other = partner
    ? Object.entries(channelRow(sw, partner)).map(([name, value]) => [`b_${name}`, value])
    : []
  return { ...channelRow(sw, channel), ...(Object.fromEntries(other) as Row) }
}
