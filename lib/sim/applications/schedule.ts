import { separate } from '../calls/separate.ts'
import { transfer } from '../calls/transfer.ts'
import { readCause } from '../channel/sip-causes.ts'
import { setOwn } from '../channel/variables.ts'
import { schedule, scheduleHangup, scheduleTransfer } from '../core/schedule.ts'
import type { Application } from '../execution/execution.ts'
import { broadcast, readLegs } from '../media/broadcast.ts'

/** What a call schedules for itself; `last_sched_id` is the number of the task. */

/** `sched_hangup [+]<seconds> [cause]`. */
export const schedHangupApp: Application = (sw, run) => {
  const [when = '', cause = 'ALLOTTED_TIMEOUT'] = run.arg.trim().split(/ +/)
  const id = scheduleHangup(sw, run.channel, when, readCause(cause))
  if (id !== undefined) setOwn(run.channel, 'last_sched_id', String(id))
  run.end()
}

/** `sched_transfer [+]<seconds> <extension> [<dialplan> [<context>]]`. */
export const schedTransferApp: Application = (sw, run) => {
  const [when = '', extension, dialplan, context] = separate(run.arg, ' ', 4)
  if (extension !== undefined) {
    const id = scheduleTransfer(sw, run.channel, when, (now) => {
      transfer(sw, now, { extension, dialplan, context })
    })
    setOwn(run.channel, 'last_sched_id', String(id))
  }
  run.end()
}

/** `sched_broadcast [+]<seconds> <path> [aleg|bleg|both]`. */
export const schedBroadcastApp: Application = (sw, run) => {
  const { uuid } = run.channel
  const [when = '', path, word] = separate(run.arg, ' ', 6)
  const legs = readLegs(word)
  if (path !== undefined && legs) {
    const id = schedule(
      sw,
      when.replace(/^@/, ''),
      { group: uuid, desc: 'switch_ivr_schedule_broadcast' },
      () => {
        const now = sw.channels.get(uuid)
        if (now) broadcast(sw, now, path, legs)
      },
    )
    setOwn(run.channel, 'last_sched_id', String(id))
  }
  run.end()
}
