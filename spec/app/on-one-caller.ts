import type { App } from '../../lib/app/app.ts'
import type { AppFailure } from '../../lib/listener/tasks.ts'
import { channelEvent, onScriptedSwitch } from '../service/on-scripted-switch.ts'

/** What came of a call, as the switch was told. */
export interface Outcome {
  /** `bridge sofia/…`, in order. */
  readonly executed: readonly string[]
  /** The cause that it was hung up with. */
  readonly hungUp: string | undefined
  readonly failures: readonly AppFailure[]
}

/** Parks a call that comes in for `number`, or with that Request-URI, and gives what `app` has the switch do with it. */
export const onOneCaller = async (
  app: App<object>,
  { number = '1000', uri = `${number}@switch` }: { number?: string; uri?: string },
): Promise<Outcome> => {
  let outcome: Outcome | undefined
  await onScriptedSwitch(
    async ({ commands, say, failures }) => {
      const headers = {
        'Caller-Destination-Number': encodeURIComponent(number),
        variable_sip_req_uri: encodeURIComponent(uri),
        variable_sofia_profile_name: 'external',
      }
      await say(channelEvent('CHANNEL_CREATE', 'A', headers), channelEvent('CHANNEL_PARK', 'A', headers))
      await say()
      await say()
      const executed = commands.flatMap((command) => {
        const name = /\nexecute-app-name: (.*)/.exec(command)?.[1]
        return name === undefined
          ? []
          : [`${name} ${/\nexecute-app-arg: (.*)/.exec(command)?.[1] ?? ''}`.trim()]
      })
      const hungUp = commands.map((command) => /^api uuid_kill A (\w+)/.exec(command)?.[1]).find(Boolean)
      outcome = { executed, hungUp, failures: [...failures] }
    },
    { apps: [app] },
  )
  if (!outcome) throw new Error('the call was not placed')
  return outcome
}
