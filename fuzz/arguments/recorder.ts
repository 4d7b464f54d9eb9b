import { systemClock } from '../../lib/clock.ts'
import type { TransportHandlers } from '../../lib/link/transport.ts'
import { connect, type Client, type Session } from '../../lib/index.ts'

/** The applications that the recorder says it has. */
const APPLICATIONS = [
  ...[
    'answer',
    'bridge',
    'playback',
    'endless_playback',
    'speak',
    'say',
    'play_and_get_digits',
    'deflect',
    'respond',
  ],
  ...[
    'log',
    'tone_detect',
    'echo',
    'set',
    'park',
    'pre_answer',
    'ring_ready',
    'avmd_start',
    'avmd_stop',
    'conference',
  ],
]

const LISTING = `name,description,syntax,ikey\n${APPLICATIONS.map((name) => `${name},d,s,mod_x`).join('\n')}\n\n${APPLICATIONS.length} total.\n`

const replyTo = (command: string): string => {
  if (command.startsWith('api show application'))
    return `Content-Type: api/response\nContent-Length: ${LISTING.length}\n\n${LISTING}`
  return command.startsWith('api')
    ? 'Content-Type: api/response\nContent-Length: 4\n\n+OK\n'
    : 'Content-Type: command/reply\nReply-Text: +OK\n\n'
}

/** A client whose switch says yes to all, and notes what it is sent. */
export interface Recorder {
  readonly client: Client
  /** What was sent since the last time, one char a byte. */
  take(): string
  /** A session of its own, in place of the one before. */
  newSession(): Promise<Session>
  /** Ends the connection, and with it all that waits. */
  end(): void
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const createRecorder = async (): Promise<Recorder> => {
  let written = ''
  let unanswered = ''
  let handlers: TransportHandlers | undefined
  const say = (text: string): void => void setImmediate(() => handlers?.data(Buffer.from(text)))
  const take = (bytes: string): void => {
    written += bytes
    unanswered += bytes
    let replies = ''
    for (let end = unanswered.indexOf('\n\n'); end >= 0; end = unanswered.indexOf('\n\n')) {
      replies += replyTo(unanswered.slice(0, end))
      unanswered = unanswered.slice(end + 2)
    }
    if (replies !== '') say(replies)
  }
  const client = await connect(
    {
      host: 'recorder',
      port: 8021,
      clock: systemClock,
      connect(theirs) {
        handlers = theirs
        say('Content-Type: auth/request\n\n')
        return Promise.resolve({
          peer: 'recorder:8021',
          write: (text) => take(Buffer.from(text, 'utf8').toString('latin1')),
          writeLatin1: take,
          end: () => undefined,
          destroy: () => undefined,
        })
      },
    },
    { onAppError: () => undefined },
  )
  const event = (head: string): void => {
    const body = `${head}\n\n`
    handlers?.data(Buffer.from(`Content-Length: ${body.length}\nContent-Type: text/event-plain\n\n${body}`))
  }
  let serial = 0
  let session: Session | undefined
  return {
    client,
    take() {
      const bytes = written
      written = ''
      return bytes
    },
    end: () => handlers?.close(),
    async newSession() {
      if (session) event(`Event-Name: CHANNEL_DESTROY\nUnique-ID: ${session.uuid}`)
      const uuid = `u-${++serial}`
      event(`Event-Name: CHANNEL_CREATE\nUnique-ID: ${uuid}\nCall-Direction: inbound\nCaller-Context: public`)
      let found: Session | undefined
      while (!(found = client.session(uuid))) await turn()
      // What a session asks for at its start has been asked for then.
      for (let i = 0; i < 4; i++) await turn()
      session = found
      return found
    },
  }
}
