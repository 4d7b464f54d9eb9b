import { answer, hangUp, type Stage } from './effects.ts'
import type { SentCommand } from './command.ts'

/** Background jobs: what they make happen, and the BACKGROUND_JOB that tells how they ended. */

const tell = (stage: Stage, { id, name, arg }: SentCommand, output: string): void => {
  const about = { 'Job-UUID': id ?? '', 'Job-Command': name, 'Job-Command-Arg': arg }
  stage.say('BACKGROUND_JOB', { ...about, _body: `${output}\n` })
}

/** `{origination_uuid=…,…}sofia/external/bob@host &park()`: the uuid, and whom it calls. */
const readOriginate = (arg: string): { uuid: string | undefined; destination: string } => {
  const [, uuid] = /\borigination_uuid=([^,}\s]+)/.exec(arg) ?? []
  const [, destination = arg] = /(?:[/}])([^/@}\s]+)(?:@\S*)?(?: |$)/.exec(arg) ?? []
  return { uuid, destination }
}

/** Has a job end well: an originate is answered, and parked. */
export const completeJob = (stage: Stage, command: SentCommand): void => {
  if (command.name !== 'originate') {
    tell(stage, command, '+OK')
    return
  }
  const { uuid, destination } = readOriginate(command.arg)
  const leg = stage.add({ uuid, direction: 'outbound', destination })
  for (const name of ['CHANNEL_CREATE', 'CHANNEL_ORIGINATE']) stage.say(name, {}, leg)
  answer(stage, leg)
  tell(stage, command, `+OK ${leg.uuid}`)
  stage.say('CHANNEL_PARK', {}, leg)
}

/** Has it fail, for `reason`: the hangup cause of an originate, whose leg was there for a moment. */
export const failJob = (stage: Stage, command: SentCommand, reason: string): void => {
  if (command.name === 'originate') {
    const { uuid, destination } = readOriginate(command.arg)
    const leg = stage.add({ uuid, direction: 'outbound', destination })
    for (const name of ['CHANNEL_CREATE', 'CHANNEL_ORIGINATE']) stage.say(name, {}, leg)
    hangUp(stage, leg, reason)
  }
  tell(stage, command, `-ERR ${reason}`)
}
