import type { EslEvent } from '../esl/event.ts'
import { endingOf, type Ending, type Scope } from '../flow/scope.ts'
import { callOf } from '../model/call.ts'
import type { Job } from '../model/job.ts'
import { sessionIn, type Session } from '../model/session.ts'
import { abandon } from './abandon.ts'
import type { Client } from './client.ts'
import type { ClientParts } from './create-client.ts'
import { notePlacedCalls } from './share-calls.ts'

/** Has the end of the scope give a call up. */
const inScope = ({ listener }: ClientParts, scope: Scope<EslEvent>, job: Job<Session>): Job<Session> => {
  const end = (ending: Ending): void => abandon(listener, job, endingOf(ending, job.command))
  scope.others.add(end)
  void job.settled().then(() => scope.others.delete(end))
  return job
}

/** The client as one app has it: what is awaited of its sessions, calls and originates ends with the scope's waits. */
export const clientIn = (client: Client, parts: ClientParts, scope: Scope<EslEvent>): Client => {
  const { tables } = parts.listener
  const own: Partial<Client> = {
    get sessions() {
      return Array.from(tables.sessions.values(), (state) => sessionIn(state, scope))
    },
    session(uuid) {
      const state = tables.sessions.get(uuid)
      return state && sessionIn(state, scope)
    },
    get calls() {
      return Array.from(tables.calls.values(), (call) => callOf(call, scope))
    },
    originate: (dest, options) => inScope(parts, scope, client.originate(dest, options)),
  }
  const view = Object.create(client, Object.getOwnPropertyDescriptors(own)) as Client
  notePlacedCalls(view, tables.placed)
  return view
}
