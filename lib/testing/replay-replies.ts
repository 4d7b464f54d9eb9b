import { comparable, isHousekeeping } from './command-text.ts'
import type { Recording } from './recording.ts'
import { replyFrame, responseFrame } from './frames.ts'

/** A word of agreement, where the recording has no answer. */
export const usualReply = (command: string): string => {
  if (command.startsWith('api show application')) return responseFrame('-ERR not in the recording\n')
  if (command.startsWith('api ')) return responseFrame('+OK\n')
  const job = /\nJob-UUID: ([^\n]*)/.exec(command)?.[1]
  return replyFrame(job === undefined ? '+OK accepted' : `+OK Job-UUID: ${job}\nJob-UUID: ${job}`)
}

/** The replies that were recorded for each command, by the command: an app may look at what it is told. */
const recordedReplies = ({ lines }: Recording): Map<string, string[]> => {
  const unanswered: string[] = []
  const replies = new Map<string, string[]>()
  for (const line of lines) {
    if ('command' in line) unanswered.push(comparable(line.command))
    if (!('reply' in line)) continue
    const command = unanswered.shift() ?? ''
    replies.set(command, [...(replies.get(command) ?? []), line.reply])
  }
  return replies
}

/** Answers commands as the recorded switch did; those that it was not given, with a word of agreement. */
export const createReplies = (recording: Recording): ((command: string) => string) => {
  const replies = recordedReplies(recording)
  return (command) => {
    const recorded = isHousekeeping(command) ? undefined : replies.get(comparable(command))?.shift()
    // The id of a job is this run's own.
    if (recorded === undefined || command.startsWith('bgapi')) return usualReply(command)
    return command.startsWith('api ') ? responseFrame(recorded) : replyFrame(recorded.trimEnd())
  }
}
