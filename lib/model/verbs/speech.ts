import type { EslEvent } from '../../esl/event.ts'
import { encodeSpeech } from '../../esl/encode/bars.ts'
import { requireWord } from '../../esl/encode/word.ts'
import { ArgumentError } from '../../errors.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import { outcome } from '../perform.ts'
import { heard, played } from '../played.ts'
import { requireEngine } from '../speech-engines.ts'
import type { View } from '../view.ts'

/** How `say` reads its text (`mod_say_*`). */
export interface SayOptions extends ExecuteOptions {
  /** Default `en`. */
  readonly language?: string | undefined
  /** `number`, `telephone_number`, `currency`, `current_date_time`, `name_spelled`… Default `number`. */
  readonly type?: string | undefined
  /** `pronounced`, `iterated`, `counted`, `pronounced_year`. Default `pronounced`. */
  readonly method?: string | undefined
}

export interface SpeakOptions extends ExecuteOptions {
  /** Text-to-speech module. Default `flite`. */
  readonly engine?: string | undefined
  /** Default `kal`. */
  readonly voice?: string | undefined
}

/** What `say` knows (switch_ivr_say.c:36, :45); another name would be one behind the last. */
const TYPES =
  `number items persons messages currency time_measurement current_date current_time current_date_time
  telephone_number telephone_extension url ip_address email_address postal_address account_number name_spelled
  name_phonetic short_date_time`.split(/\s+/)
const METHODS = ['n/a', 'pronounced', 'iterated', 'counted', 'pronounced_year']

const requireOneOf = (what: string, names: readonly string[], name: string): string => {
  if (!names.includes(name.toLowerCase()))
    throw new ArgumentError(`expected ${what} of ${names.join(', ')}, got ${JSON.stringify(name)}`)
  return name
}

/** `language type method text` (mod_dptools.c:2912), cut at blanks. A fifth word would make the fourth a gender. */
const encodeSay = (
  text: string,
  { language = 'en', type = 'number', method = 'pronounced' }: SayOptions,
): string =>
  [
    requireWord('a language', language),
    requireOneOf('a type', TYPES, type),
    requireOneOf('a method', METHODS, method),
    requireWord('a text to say', text),
  ].join(' ')

const speakNow = async (view: View, text: string, options: SpeakOptions): Promise<EslEvent> => {
  const { engine = 'flite', voice = 'kal', ...rest } = options
  const event = await execute(
    view,
    'speak',
    () => encodeSpeech(engine, voice, text),
    rest,
    played(view, 'speak'),
  )
  await requireEngine(view, engine)
  return event
}

/** Words. Each resolves when they have been said, or were broken off. */
export const speechVerbs = {
  /**
   * Says a number, a date, a spelling, with recorded words. Rejects with CommandError where nothing could be said: the switch lacks the
   * language, or the words.
   */
  say(this: View, text: string, options: SayOptions = {}): Promise<EslEvent> {
    return execute(this, 'say', () => encodeSay(text, options), options, heard(this, 'say'))
  },

  /**
   * Reads a text aloud, by text-to-speech. A text with `|`, or with a blank at its start, is refused (ArgumentError). Rejects with
   * CommandError where the switch has not that engine; what else kept the engine from speaking, the switch does not tell.
   */
  speak(this: View, text: string, options: SpeakOptions = {}): Promise<EslEvent> {
    return outcome(this, 'speak', speakNow(this, text, options))
  },
}
