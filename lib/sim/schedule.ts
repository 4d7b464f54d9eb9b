import type { TimerHandle } from '../clock.ts'
import { isUp, type Channel } from './channel.ts'
import { emitGeneral } from './emit.ts'
import { header } from './encode.ts'
import { hangup } from './hangup.ts'
import { KINDS } from './kinds.ts'
import { cancel, later, type Switch } from './switch.ts'
import { TIMING } from './timing.ts'

/** Something that the switch's scheduler will do. */
export interface Task {
  readonly id: number
  readonly group: string
  readonly desc: string
  /** Seconds since the epoch. */
  readonly at: number
  timer: TimerHandle | undefined
}

const about = (task: Task): string =>
  `\nTask-ID: ${task.id}${header('Task-Desc', task.desc)}${header('Task-Group', task.group)}\nTask-Runtime: ${task.at}`

/**
 * The scheduler looks at its tasks every half second, and sees whole seconds only (`switch_scheduler.c`): a task runs
 * with the first tick in, or after, its second.
 */
const msUntil = (sw: Switch, at: number): number => {
  const phase = (sw.startedAt / 1000) % TIMING.schedulerTick
  const due = Math.max(at * 1000, sw.clock.now())
  return Math.ceil((due - phase) / TIMING.schedulerTick) * TIMING.schedulerTick + phase - sw.clock.now()
}

const add = (sw: Switch, channel: Channel, desc: string, at: number, run: () => void): void => {
  const task: Task = { id: ++sw.counters.tasks, group: channel.uuid, desc, at, timer: undefined }
  sw.tasks.set(task.id, task)
  channel.tasks.push(task)
  emitGeneral(sw, KINDS.addSchedule, about(task))
  task.timer = later(sw, msUntil(sw, at), () => {
    remove(sw, task)
    run()
  })
}

const remove = (sw: Switch, task: Task): void => {
  cancel(sw, task.timer)
  sw.tasks.delete(task.id)
  emitGeneral(sw, KINDS.delSchedule, about(task))
}

/**
 * Hangs a channel up at a time: `+<seconds>` from now, or seconds since the epoch. `0`, or a time of one digit without
 * the `+`, does it now: FreeSWITCH reads the number behind the first character (`sched_hangup_function`).
 */
export const scheduleHangup = (sw: Switch, channel: Channel, when: string, cause: string): void => {
  const behindFirst = Number.parseInt(when.slice(1), 10) || 0
  const second = Math.floor(sw.clock.now() / 1000)
  const at = when.startsWith('+') ? second + behindFirst : Number.parseInt(when, 10) || 0
  if (behindFirst === 0) hangup(sw, channel, cause, 'command')
  else
    add(sw, channel, 'switch_ivr_schedule_hangup', at, () => {
      if (isUp(channel)) hangup(sw, channel, cause, 'command')
    })
}

/** Takes back a task by its number, or all those of a group, which is a channel's uuid; how many there were. */
export const deleteTasks = (sw: Switch, which: string): number => {
  const chosen = [...sw.tasks.values()].filter((task) =>
    /^\d+$/.test(which) ? task.id === Number(which) : task.group === which,
  )
  for (const task of chosen) remove(sw, task)
  return chosen.length
}

/** A channel is gone. Its tasks stay until their time, as in FreeSWITCH, but nothing has to wait for them. */
export const forgetTasks = (sw: Switch, channel: Channel): void => {
  for (const task of channel.tasks) {
    if (!sw.tasks.has(task.id)) continue
    cancel(sw, task.timer)
    task.timer = later(sw, msUntil(sw, task.at), () => remove(sw, task), true)
  }
}
