import { createdAt, legsOf, type Leg } from './legs.ts'
import type { Scenario } from './scenario.ts'

/** Something that a party does of whom the recording only shows what came of it. */
export type Deed =
  | Order
  | { readonly at: number; readonly what: 'call'; readonly leg: Leg; readonly phone: boolean }
  | { readonly at: number; readonly what: 'hangup'; readonly leg: Leg; readonly phone: boolean }
  | {
      readonly at: number
      readonly what: 'press'
      readonly leg: Leg
      readonly digit: string
      readonly samples: number
    }

/** A command that a client which was not recorded has given. */
export interface Order {
  readonly at: number
  readonly what: 'order'
  readonly leg: Leg
  readonly text: string
}

/** A SIP message on loopback takes about so long, in ms; what the caller does, it does earlier by that. */
const ON_THE_WAY = 3

const isFreeSwitch = ({ facts }: Leg): boolean =>
  (facts.get('variable_sip_contact_user') ?? facts.get('variable_sip_user_agent') ?? '').startsWith(
    'mod_sofia',
  ) || (facts.get('variable_sip_user_agent') ?? '').startsWith('FreeSWITCH')

/** The calling leg of a call that the switch placed to itself. */
const callerOf = (leg: Leg, legs: readonly Leg[], taken: Set<Leg>): Leg | undefined => {
  const callId = leg.facts.get('variable_sip_call_id')
  const number = leg.facts.get('Caller-Destination-Number')
  const outbound = legs.filter(
    (one) => !taken.has(one) && one.facts.get('Call-Direction') === 'outbound' && one.uuid !== leg.uuid,
  )
  return (
    outbound.find(({ facts }) => callId !== undefined && facts.get('variable_sip_call_id') === callId) ??
    outbound.find(({ facts }) => {
      const age = createdAt(leg.facts) - createdAt(facts)
      const [, user] = /\/([^/@]+)@[^/]*$/.exec(facts.get('Channel-Name') ?? '') ?? []
      return facts.get('variable_sip_call_id') === undefined && user === number && age >= -50 && age < 1500
    })
  )
}

/** Whether a client of the recording has asked for a call to that number, just before. */
const wasAskedFor = (leg: Leg, { connections }: Scenario): boolean => {
  const target = `/${leg.facts.get('variable_sip_req_uri') ?? leg.facts.get('Caller-Destination-Number') ?? ''}`
  const born = createdAt(leg.facts)
  return connections.some(({ fromClient }) =>
    fromClient.some(
      ({ at, bytes }) =>
        at <= born + 100 &&
        at > born - 3000 &&
        bytes.includes(target) &&
        /originate|bridge|transfer/.test(bytes.toString('latin1')),
    ),
  )
}

/** All that the clients of a recording say. */
const saidIn = ({ connections }: Scenario): string =>
  connections.flatMap(({ fromClient }) => fromClient.map(({ bytes }) => bytes.toString('latin1'))).join('')

const ENDS_CALLS = /hangup|kill|hupall|shutdown|\.\.\./

/** A leg whose end was not shown to the last says not who hung up: the caller, when no client did. */
const hangupOf = (leg: Leg, phone: boolean, scenario: Scenario): Deed[] => {
  const { facts } = leg
  const disposition = facts.get('variable_sip_hangup_disposition')
  const cutShort = disposition === undefined && facts.get('Hangup-Cause') === 'NORMAL_CLEARING'
  const seen = facts.has('Hangup-Cause') ? Number(facts.get('Event-Date-Timestamp') ?? 0) / 1000 : 0
  const at = Number(facts.get('Caller-Channel-Hangup-Time') ?? 0) / 1000 || seen
  const byCaller = cutShort
    ? !ENDS_CALLS.test(saidIn(scenario))
    : /^recv_(?:bye|cancel)$/.test(disposition ?? '')
  return at > 0 && byCaller ? [{ at: at - ON_THE_WAY, what: 'hangup', leg, phone }] : []
}

/** Commands that must have come from elsewhere: nobody in the recording has given them. */
const ordersFor = (leg: Leg, scenario: Scenario): Order[] => {
  const said = saidIn(scenario)
  const timeOf = (name: string): number => Number(leg.facts.get(`Caller-Channel-${name}-Time`) ?? 0) / 1000
  const orders: Order[] = []
  const answered = timeOf('Answered')
  if (answered > 0 && !/answer/.test(said))
    orders.push({
      at: answered - ON_THE_WAY,
      what: 'order',
      leg,
      text: 'sendmsg UUID\ncall-command: execute\nexecute-app-name: answer',
    })
  // CHANNEL_HANGUP itself has no such time yet.
  const isLast = leg.facts.get('Event-Name') === 'CHANNEL_HANGUP'
  const ended = timeOf('Hangup') || (isLast ? Number(leg.facts.get('Event-Date-Timestamp')) / 1000 : 0)
  if (ended > 0 && !ENDS_CALLS.test(said))
    orders.push({ at: ended - ON_THE_WAY, what: 'order', leg, text: 'api uuid_kill UUID' })
  return orders
}

/** What the parties outside of a recording did: calls that came from elsewhere, and how those ended. */
export const deedsOf = (scenario: Scenario): Deed[] => {
  const legs = legsOf(scenario.connections.map(({ frames }) => frames))
  const taken = new Set<Leg>()
  const deeds: Deed[] = []
  for (const leg of legs) {
    if (leg.facts.get('Call-Direction') !== 'inbound') continue
    if (!(leg.facts.get('Channel-Name') ?? '').startsWith('sofia/')) continue
    const phone = !isFreeSwitch(leg)
    const caller = phone ? undefined : callerOf(leg, legs, taken)
    if (caller) taken.add(caller)
    if (caller || (!phone && wasAskedFor(leg, scenario))) continue
    // What is known of a phone without an address, one that was turned away, does not tell whom it called.
    if (phone && !leg.facts.has('variable_sip_req_uri')) continue
    deeds.push(
      { at: createdAt(leg.facts) - ON_THE_WAY, what: 'call', leg, phone },
      ...hangupOf(leg, phone, scenario),
      ...(phone ? [] : ordersFor(leg, scenario)),
    )
  }
  return deeds.sort((a, b) => a.at - b.at)
}
