import type { RecordedEvent, Recording } from './recording.ts'

/** What says where in FreeSWITCH's sources an event comes from, and its time twice more: no flow lives by it. */
const NOISE = new Set([
  'Core-UUID',
  'FreeSWITCH-Hostname',
  'FreeSWITCH-Switchname',
  'FreeSWITCH-IPv4',
  'FreeSWITCH-IPv6',
  'Event-Date-Local',
  'Event-Date-GMT',
  'Event-Calling-File',
  'Event-Calling-Function',
  'Event-Calling-Line-Number',
])

const leanEvent = (event: RecordedEvent): RecordedEvent =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !NOISE.has(name)))

/** A recording without the headers that say nothing of the call. */
export const leanRecording = (recording: Recording): Recording => ({
  ...recording,
  lines: recording.lines.map((line) => ('event' in line ? { ...line, event: leanEvent(line.event) } : line)),
})
