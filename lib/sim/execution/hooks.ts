import type { Channel } from '../channel/channel.ts'
import { variablesText } from '../channel/variables.ts'
import type { Switch } from '../core/switch.ts'
import { decode } from '../events/encode.ts'
import { runApi } from '../socket/run-api.ts'
import { expand } from './expand.ts'
import { queueApplication } from './queue-application.ts'
import { runApplication } from './run-application.ts'

/** When a channel's variables may ask for something to be done: `execute_on_answer`, `api_on_ring`, ... */
export type Moment = 'ring' | 'pre_answer' | 'media' | 'answer'

/** The values of the variables whose name begins so, in their order (`switch_channel_execute_on`). */
const valuesOf = (channel: Channel, prefix: string): string[] => {
  const lines = variablesText(channel).matchAll(new RegExp(`\\nvariable_${prefix}\\w*: (.*)`, 'g'))
  return [...lines].flatMap(([, value = '']) => {
    const text = decode(value)
    return text.startsWith('ARRAY::') ? text.slice('ARRAY::'.length).split('|:') : [text]
  })
}

/** `app argument`, `app:argument`; with `::` between, the channel does it when it looks at its queue. */
const readHook = (value: string): { app: string; arg: string; queued: boolean } => {
  const [, app = '', between = '', arg = ''] = /^([^ :]*)(::| |:)?([^]*)$/.exec(value) ?? []
  return { app, arg, queued: between === '::' }
}

/** The application that a hook runs, with its name and argument. */
export const hookApplication = (value: string): string => readHook(value).app

const runAll = (sw: Switch, channel: Channel, values: readonly string[], then: () => void): void => {
  const [first, ...rest] = values
  if (first === undefined) {
    then()
    return
  }
  const { app, arg, queued } = readHook(first)
  const next = (): void => runAll(sw, channel, rest, then)
  if (queued) {
    queueApplication(sw, channel, app, arg)
    next()
  } else runApplication(sw, channel, { app, arg }, next)
}

const runCommands = (sw: Switch, channel: Channel, moment: Moment): void => {
  for (const value of valuesOf(channel, `api_on_${moment}`))
    runApi(sw, expand(sw, channel, value), () => undefined)
}

/**
 * Does what the channel's variables ask for at some moments, applications before api commands; `then` is called when the
 * last application has ended (`switch_channel_perform_mark_answered` and its like in `src/switch_channel.c`).
 */
export const runHooks = (
  sw: Switch,
  channel: Channel,
  moments: readonly Moment[],
  then: () => void,
): void => {
  // So it is with most calls.
  if (!channel.variables.hooks) {
    then()
    return
  }
  const values = moments.flatMap((moment) => valuesOf(channel, `execute_on_${moment}`))
  runAll(sw, channel, values, () => {
    for (const moment of moments) runCommands(sw, channel, moment)
    then()
  })
}
