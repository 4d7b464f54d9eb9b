import type { Application } from '../execution/execution.ts'
import { separate } from '../calls/separate.ts'
import { transfer } from '../calls/transfer.ts'

/** `transfer <extension> [<dialplan> [<context>]]`: it ends, and so does all that runs. */
export const transferApp: Application = (sw, run) => {
  const [extension = '', dialplan, context] = separate(run.arg, ' ', 3)
  if (extension !== '') transfer(sw, run.channel, { extension, dialplan, context })
  run.end()
}
