import type { TimerHandle } from '../../clock.ts'
import { emitGeneral } from '../events/emit.ts'
import { header } from '../events/encode.ts'
import { KINDS, type Kind } from '../events/kinds.ts'
import { cancel, later, type Switch } from './switch.ts'

/** Something that the switch's scheduler will do. */
export interface Task {
  readonly id: number
  /** Mostly the uuid of the channel that it is about. */
  readonly group: string
  readonly desc: string
  /** Seconds since the epoch. */
  at: number
  /** Seconds after which it is done again; 0 for once. */
  readonly every: number
  /** A task of the switch itself: nobody can take it back, and it keeps a virtual clock from nothing. */
  readonly core: boolean
  readonly run: () => void
  /** Taken back, or done: it goes with the next look. */
  gone: boolean
}

/** The thread that carries tasks out: when it last looked at them, in ms, and its next look. */
export interface Scheduler {
  lookedAt: number
  next: TimerHandle | undefined
}

/** How long it waits for an event to tell of before it looks at its tasks anyway, in ms (`switch_scheduler.c`). */
const TICK = 500

const about = (task: Task): string =>
  `\nTask-ID: ${task.id}${header('Task-Desc', task.desc)}${header('Task-Group', task.group)}\nTask-Runtime: ${task.at}`

export const secondNow = (sw: Switch): number => Math.floor(sw.clock.now() / 1000)

/** The thread that carries tasks out also fires their events, one at a time, and looks at the tasks after each. */
export const tell = (sw: Switch, kind: Kind, task: Task): void => {
  const text = about(task)
  later(
    sw,
    0,
    () => {
      emitGeneral(sw, kind, text)
      look(sw)
    },
    task.core,
  )
}

const carryOut = (sw: Switch, task: Task): void => {
  const second = secondNow(sw)
  task.run()
  if (task.every > 0) task.at = second + task.every
  if (task.gone || task.at <= second) task.gone = true
  else tell(sw, KINDS.reSchedule, task)
}

const look = (sw: Switch): void => {
  sw.scheduler.lookedAt = sw.clock.now()
  for (const task of [...sw.tasks.values()]) if (!task.gone && secondNow(sw) >= task.at) carryOut(sw, task)
  for (const task of sw.tasks.values()) {
    if (!task.gone) continue
    sw.tasks.delete(task.id)
    tell(sw, KINDS.delSchedule, task)
  }
  awaitDue(sw)
}

/** Sets the next look that finds something to do; those before it find nothing, and so need not be. */
export const awaitDue = (sw: Switch): void => {
  const { scheduler } = sw
  cancel(sw, scheduler.next)
  const tasks = [...sw.tasks.values()]
  const due = Math.min(...tasks.map(({ at, gone }) => (gone ? 0 : at * 1000)))
  if (due === Infinity) return
  const ticks = Math.max(1, Math.ceil((Math.max(due, sw.clock.now()) - scheduler.lookedAt) / TICK))
  const background = tasks.every(({ core, every }) => core || every > 0)
  scheduler.next = later(sw, scheduler.lookedAt + ticks * TICK - sw.clock.now(), () => look(sw), background)
}
