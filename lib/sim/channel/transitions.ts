import type { Channel } from './channel.ts'
import { emit, isTold } from '../events/emit.ts'
import { KINDS, type Kind } from '../events/kinds.ts'
import { CALL_STATE_NUMBER, STATE_NUMBER, type CallState, type State } from './states.ts'
import type { Switch } from '../core/switch.ts'
import { setVariable } from './variables.ts'

/** The channel's own thread comes to a state: CHANNEL_STATE (`switch_channel_perform_set_running_state`). */
export const enterState = (sw: Switch, channel: Channel, state: State): void => {
  channel.ranBefore = channel.running
  channel.ranUntil = sw.clock.now()
  channel.running = state
  const call = channel.direction === 'inbound' ? callStateIn(channel, state) : undefined
  if (call !== undefined) changeCallState(sw, channel, call)
  emit(sw, KINDS.state, channel)
}

/** A call that came in rings while it is routed, and is what it was when it goes on. */
const callStateIn = ({ answerState }: Channel, state: State): CallState | undefined => {
  if (STATE_NUMBER[state] >= STATE_NUMBER.CS_HANGUP) return undefined
  if (state === 'CS_ROUTING') return 'RINGING'
  return answerState === 'answered' ? 'ACTIVE' : answerState === 'early' ? 'EARLY' : undefined
}

/** The state of the call changes: CHANNEL_CALLSTATE (`switch_channel_perform_set_callstate`). */
export const changeCallState = (sw: Switch, channel: Channel, callState: CallState): void => {
  const { callState: original } = channel
  if (original === callState) return
  channel.callState = callState
  const before = isTold(sw, KINDS.callState) ? callStateText(original, callState) : ''
  emit(sw, KINDS.callState, channel, before)
}

const callStateText = (original: CallState, callState: CallState): string =>
  `\nOriginal-Channel-Call-State: ${original}\nChannel-Call-State-Number: ${CALL_STATE_NUMBER[callState]}`

const readText = (name: string, bits: number): string =>
  `\nchannel-read-codec-name: ${name}\nchannel-read-codec-rate: 8000\nchannel-read-codec-bit-rate: ${bits}`
const READ = readText('PCMU', 64_000)
const READ_PCM = readText('L16', 128_000)

// The writing side's headers are there twice, one of them in small letters: so it is in 1.10.12.
const writeText = (name: string, bits: number): string =>
  `\nChannel-Write-Codec-Name: ${name}\nChannel-Write-Codec-Rate: 8000\nChannel-Write-codec-bit-rate: ${bits}`
const WRITE = writeText('PCMU', 64_000)
const WRITE_PCM = writeText('L16', 128_000)

/** The codecs are set up: two CODEC events. */
export const setUpCodec = (sw: Switch, channel: Channel): void => {
  channel.codec = true
  emit(sw, KINDS.readCodec, channel, '', READ)
  emit(sw, KINDS.writeCodec, channel, '', WRITE)
}

/** The codecs of a leg without SIP are set up: linear sound, or what the leg speaks that it is dialed for. */
export const setUpLoopCodec = (sw: Switch, channel: Channel, codec: 'PCMU' | 'L16'): void => {
  channel.codec = true
  channel.readCodec = codec
  channel.writeCodec = undefined
  emit(sw, KINDS.otherReadCodec, channel, '', codec === 'L16' ? READ_PCM : READ)
  channel.writeCodec = codec
  emit(sw, KINDS.writeCodec, channel, '', codec === 'L16' ? WRITE_PCM : WRITE)
}

const readAs = (sw: Switch, channel: Channel, codec: 'PCMU' | 'L16', kind: Kind, text: string): void => {
  channel.readCodec = codec
  setVariable(channel, 'read_codec', codec)
  setVariable(channel, 'read_rate', '8000')
  emit(sw, kind, channel, '', text)
}

/** What comes in is needed as linear sound, to mix it or to write it: a CODEC event. */
export const readAsPcm = (sw: Switch, channel: Channel): void => {
  channel.readBefore ??= channel.readCodec
  readAs(sw, channel, 'L16', KINDS.otherReadCodec, READ_PCM)
}

/** What comes in is read as it comes again, if it was not (`switch_core_session_reset`). */
export const readAsBefore = (sw: Switch, channel: Channel): void => {
  const { readBefore } = channel
  if (readBefore === undefined) return
  channel.readBefore = undefined
  readAs(sw, channel, readBefore, KINDS.otherReadCodec, readBefore === 'L16' ? READ_PCM : READ)
}
