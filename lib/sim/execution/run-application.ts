import { isUp, type Channel } from '../channel/channel.ts'
import { APPLICATIONS } from '../applications/index.ts'
import { execute } from './execution.ts'
import { expand } from './expand.ts'
import { hangup } from '../channel/hangup.ts'
import type { Switch } from '../core/switch.ts'

/**
 * Runs an application by its name. FreeSWITCH hangs the channel up when it does not know it (`no such application` in
 * `switch_core_session_execute_application_get_flags`); so does the embedded switch, and it does the same, loudly in the
 * cause, for one that it does not model.
 */
export const runApplication = (
  sw: Switch,
  channel: Channel,
  what: { app: string; arg: string; uuid?: string | undefined },
  done: () => void,
): void => {
  if (!isUp(channel)) {
    done()
    return
  }
  const application = APPLICATIONS.get(what.app)
  if (application) {
    execute(sw, channel, application, { ...what, arg: expand(sw, channel, what.arg) }, done)
    return
  }
  hangup(sw, channel, 'DESTINATION_OUT_OF_ORDER', 'itself')
  done()
}
