import { rewriteText, rewriteValue } from './identities.ts'
import { MASKED, maskSecretsIn, maskSecretValue } from './mask-secrets.ts'
import { createPseudonyms } from './pseudonyms.ts'
import type { RecordedEvent, RecordedLine, Recording } from './recording.ts'

export interface MaskOptions {
  /**
   * Puts pseudonyms in place of telephone numbers, SIP users and their names: the same one for the same number, of the
   * same length and with the same first digits. Default false.
   */
  readonly numbers?: boolean | undefined
  /** Numbers and users that stay as they are: those that a flow knows by name. */
  readonly keep?: readonly string[] | undefined
}

/** What is done with each value of an event, by its header, and with each text of a command or reply. */
interface Masks {
  value(name: string, value: string): string
  text(text: string): string
}

const maskEvent = (event: RecordedEvent, { value }: Masks): RecordedEvent =>
  Object.fromEntries(
    Object.entries(event).map(([name, each]) => [
      name,
      typeof each === 'string' ? value(name, each) : each.map((one) => value(name, one)),
    ]),
  )

const maskLine = (line: RecordedLine, masks: Masks): RecordedLine => {
  if ('event' in line) return { t: line.t, event: maskEvent(line.event, masks) }
  return 'command' in line
    ? { t: line.t, command: masks.text(line.command) }
    : { t: line.t, reply: masks.text(line.reply) }
}

const mapLines = (recording: Recording, masks: Masks): Recording => ({
  ...recording,
  lines: recording.lines.map((line) => maskLine(line, masks)),
})

/** Shorter secrets are not looked for where nothing says that they are one: they would be found everywhere. */
const SHORTEST_SECRET = 6

const maskSecrets = (recording: Recording): Recording => {
  const secrets = new Set<string>()
  const note = (secret: string): void => {
    if (secret.length >= SHORTEST_SECRET && secret !== MASKED) secrets.add(secret)
  }
  const masked = mapLines(recording, {
    value: (name, value) => maskSecretValue(name, value, note),
    text: (text) => maskSecretsIn(text, note),
  })
  if (secrets.size === 0) return masked
  const byLength = [...secrets].sort((a, b) => b.length - a.length)
  const hide = (text: string): string =>
    byLength.reduce((out, secret) => out.replaceAll(secret, MASKED), text)
  return mapLines(masked, { value: (_, value) => hide(value), text: hide })
}

const maskNumbers = (recording: Recording, keep: readonly string[] = []): Recording => {
  const names = createPseudonyms(keep)
  const note = (identity: string): string => {
    names.note(identity)
    return identity
  }
  mapLines(recording, {
    value: (name, value) => rewriteValue(name, value, note),
    text: (text) => rewriteText(text, note),
  })
  return mapLines(recording, {
    value: (name, value) => names.inText(rewriteValue(name, value, names.of)),
    text: (text) => names.inText(rewriteText(text, names.of)),
  })
}

/**
 * A recording without its secrets, and without its numbers where that is asked for. Passwords and keys become `***`;
 * they are known by the names of the headers and variables that they stand in, and are then looked for everywhere.
 */
export const maskRecording = (
  recording: Recording,
  { numbers = false, keep }: MaskOptions = {},
): Recording => {
  const masked = maskSecrets(recording)
  return numbers ? maskNumbers(masked, keep) : masked
}
