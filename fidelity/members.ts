import { headerOf, type WireFrame } from './frames.ts'

/** The numbers of a run's conference members, in the order in which they came: they go on from run to run. */
export const memberNumbers = (frames: readonly WireFrame[]): string[] => {
  const told = frames.flatMap((frame) => headerOf(frame, 'Member-ID') ?? [])
  const listed = frames.flatMap(({ kind, body }) =>
    kind === 'api/response' ? [...body.matchAll(/^(\d+);(?=sofia|loopback)/gm)].map(([, id = '']) => id) : [],
  )
  return [...new Set(told.length > 0 ? told : listed)]
}

const LISTED: readonly RegExp[] = [
  /^(\+OK [a-z_]+ )(\d+)$/gm,
  /^()(\d+)(?=;(?:sofia|loopback))/gm,
  /(<id>)(\d+)(?=<\/id>)/g,
  /("id":\s*)(\d+)/g,
]

/** Members by the how manieth they are, where an answer names them. */
export const nameMembers = (text: string, members: readonly string[]): string =>
  members.length === 0
    ? text
    : LISTED.reduce(
        (result, pattern) =>
          result.replace(pattern, (all, before: string, id: string) => {
            const at = members.indexOf(id)
            return at < 0 ? all : `${before}<member ${at + 1}>`
          }),
        text,
      )

/** A number that nobody in a run has, for a member that was not there in the recording either. */
const NOBODY = '99999'

/** What a client said to a conference, with the numbers of this run's members. */
export const translateMembers = (text: string, then: readonly string[], now: readonly string[]): string =>
  text.replace(/\b(conference \S+ [a-z_]+ )(\d+)\b/g, (all, before: string, id: string) =>
    then.length === 0 ? all : `${before}${now[then.indexOf(id)] ?? NOBODY}`,
  )
