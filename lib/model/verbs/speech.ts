import type { EslEvent } from '../../esl/event.ts'
import { ArgumentError } from '../../errors.ts'
import { execute, type ExecuteOptions } from '../execute.ts'
import type { View } from '../view.ts'

/** How `say` reads its text (`mod_say_*`). */
export interface SayOptions extends ExecuteOptions {
  /** Default `en`. */
  readonly language?: string | undefined
  /** `number`, `telephone_number`, `currency`, `current_date_time`, `name_spelled`… Default `number`. */
  readonly type?: string | undefined
  /** `pronounced`, `iterated`, `counted`. Default `pronounced`. */
  readonly method?: string | undefined
}

export interface SpeakOptions extends ExecuteOptions {
  /** Text-to-speech module. Default `flite`. */
  readonly engine?: string | undefined
  /** Default `kal`. */
  readonly voice?: string | undefined
}

const requireWithout = (what: string, char: string, text: string): string => {
  if (text.includes(char))
    throw new ArgumentError(
      `expected ${what} without "${char}", which separates arguments; got ${JSON.stringify(text)}`,
    )
  return text
}

/** Words. Each resolves when they have been said. */
export const speechVerbs = {
  /** Says a number, a date, a spelling, with recorded words. */
  say(this: View, text: string, options: SayOptions = {}): Promise<EslEvent> {
    const { language = 'en', type = 'number', method = 'pronounced', ...rest } = options
    return execute(this, 'say', `${language} ${type} ${method} ${text}`, rest)
  },

  /** Reads a text aloud, by text-to-speech. */
  speak(
    this: View,
    text: string,
    { engine = 'flite', voice = 'kal', ...rest }: SpeakOptions = {},
  ): Promise<EslEvent> {
    return execute(this, 'speak', () => `${engine}|${voice}|${requireWithout('a text', '|', text)}`, rest)
  },
}
