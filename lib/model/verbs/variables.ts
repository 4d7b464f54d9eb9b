import { ApiError, ArgumentError } from '../../errors.ts'
import type { Vars } from '../../esl/encode/braces.ts'
import { requireNoExpansion } from '../../esl/encode/expansion.ts'
import { requireOneLine } from '../../esl/encode/one-line.ts'
import { encodeWord } from '../../esl/encode/word.ts'
import { channelApi } from '../../esl/encode/uuid.ts'
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

export interface SetVarOptions {
  /** Lets `${…}` in the value through, for the switch to expand wherever the variable is used. Default false. */
  readonly expand?: boolean | undefined
}

/** `uuid_setvar uuid name value` (mod_commands.c:6123): the value is the rest of the line, read in one round. */
const encodeVariable = (name: string, value: string | number | boolean, expand: boolean): string => {
  const what = `variable ${name}`
  const text = requireOneLine(what, String(value))
  if (!expand) requireNoExpansion(what, text)
  if (text.startsWith('ARRAY::'))
    throw new ArgumentError(
      `expected ${what} not to begin with ARRAY::, which makes an array of it; got ${JSON.stringify(text)}`,
    )
  return encodeWord(text)
}

/** Sets a channel variable; see `setVar`. */
export const setOne = async (
  { state }: View,
  name: string,
  value: string | number | boolean,
  { expand = false }: SetVarOptions = {},
): Promise<void> => {
  const words = [requireName(name), encodeVariable(name, value, expand)]
  const command = channelApi('uuid_setvar', state.uuid, ...words)
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
        const command = channelApi('uuid_getvar', uuid, requireName(name))
        // Not as an api, for a value may look like an error.
        const { text } = await node.commands.command(`api ${command}`)
        if (SWITCH_ERROR.test(text)) throw new ApiError(command, text.trimEnd())
        return text === UNDEFINED || text === '' ? undefined : text
      },
      true,
    )
  },

  /**
   * Sets a channel variable to exactly that value; `''` takes it away. Rejects with ArgumentError for a value that the switch
   * would read otherwise: CR, LF, NUL, `ARRAY::` at the start, and `${…}` unless `expand` is set.
   */
  setVar(this: View, name: string, value: string | number | boolean, options?: SetVarOptions): Promise<void> {
    return ask(this, 'setVar', () => setOne(this, name, value, options))
  },

  /** Sets several, one after the other; see `setVar`. */
  setVars(this: View, vars: Vars, options?: SetVarOptions): Promise<void> {
    return ask(this, 'setVars', async () => {
      await Promise.all(Object.entries(vars).map(([name, value]) => setOne(this, name, value, options)))
    })
  },

  /** Takes a channel variable away. */
  unsetVar(this: View, name: string): Promise<void> {
    const { uuid, node } = this.state
    return ask(
      this,
      'unsetVar',
      async () => {
        await node.commands.api(channelApi('uuid_setvar', uuid, requireName(name)))
      },
      true,
    )
  },
}
