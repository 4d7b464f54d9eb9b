import { ApiError, ArgumentError } from '../../errors.ts'
import type { Vars } from '../../esl/encode/braces.ts'
import { requireNoExpansion } from '../../esl/encode/expansion.ts'
import { requireOneLine } from '../../esl/encode/one-line.ts'
import { encodeWord } from '../../esl/encode/word.ts'
import { isInDoubt, settleAgain } from '../doubt.ts'
import { ask } from '../perform.ts'
import type { View } from '../view.ts'

const requireName = (name: string): string => {
  if (!/^[\w.:-]+$/.test(name))
    throw new ArgumentError(
      `expected a variable name of letters, digits and _ - . :, got ${JSON.stringify(name)}`,
    )
  return name
}

/** The switch's word for a variable that is not set, or is empty. */
const UNDEFINED = '_undef_'

/** An error of the switch's own ends with a newline; the value of a variable that looks like one does not. */
const SWITCH_ERROR = /^-(?:ERR|USAGE).*\n$/

/** Sets a channel variable; see `setVar`. */
export const setOne = async (
  { state }: View,
  name: string,
  value: string | number | boolean,
): Promise<void> => {
  const text = requireNoExpansion(`variable ${name}`, requireOneLine(`variable ${name}`, String(value)))
  const command = `uuid_setvar ${state.uuid} ${requireName(name)} ${encodeWord(text)}`
  const send = (): Promise<string> => state.node.commands.api(command)
  await send().catch((error: unknown) => {
    if (isInDoubt(error)) return settleAgain(`setting ${name}`, state, send, true, error)
    throw error
  })
}

/** Channel variables. They are read and written at once, whatever the channel is doing. */
export const variableVerbs = {
  /** The value of a channel variable; undefined where it is not set, or empty. */
  getVar(this: View, name: string): Promise<string | undefined> {
    const { uuid, node } = this.state
    return ask(
      this,
      'getVar',
      async () => {
        const command = `uuid_getvar ${uuid} ${requireName(name)}`
        // Not as an api, for a value may look like an error.
        const { text } = await node.commands.command(`api ${command}`)
        if (SWITCH_ERROR.test(text)) throw new ApiError(command, text.trimEnd())
        return text === UNDEFINED || text === '' ? undefined : text
      },
      true,
    )
  },

  /** Sets a channel variable; `${…}` in the value is refused, for the switch may expand it later on. */
  setVar(this: View, name: string, value: string | number | boolean): Promise<void> {
    return ask(this, 'setVar', () => setOne(this, name, value))
  },

  /** Sets several, one after the other. */
  setVars(this: View, vars: Vars): Promise<void> {
    return ask(this, 'setVars', async () => {
      await Promise.all(Object.entries(vars).map(([name, value]) => setOne(this, name, value)))
    })
  },

  /** Takes a channel variable away. */
  unsetVar(this: View, name: string): Promise<void> {
    const { uuid, node } = this.state
    return ask(
      this,
      'unsetVar',
      async () => {
        await node.commands.api(`uuid_setvar ${uuid} ${requireName(name)}`)
      },
      true,
    )
  },
}
