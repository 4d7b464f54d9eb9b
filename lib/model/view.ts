import type { EslEvent } from '../esl/event.ts'
import type { Mailbox } from '../flow/mailbox.ts'
import type { SessionState } from './state.ts'

/** A session as one flow sees it: the state is everybody's, the mailbox its own. What methods are called on. */
export interface View {
  readonly state: SessionState
  readonly box: Mailbox<EslEvent>
}
