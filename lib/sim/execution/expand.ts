import type { Channel } from '../channel/channel.ts'
import { getVariable } from '../channel/variables.ts'

const VARIABLE = /\$\{([\w.-]+)\}/g

/** `${name}` in an application's argument stands for a channel variable; an unset one for nothing. */
export const expand = (channel: Channel, text: string): string =>
  text.includes('${') ? text.replace(VARIABLE, (_, name: string) => getVariable(channel, name) ?? '') : text

/** Whether a text calls an API, `${name(…)}`, which the embedded switch does not model. */
export const callsApi = (text: string): boolean => /\$\{\s*\w+\s*[( ]/.test(text)
