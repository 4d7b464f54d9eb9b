import { PROFILE } from '../conference/conference.ts'
import { join, leave, openConference, type MemberFlags } from '../conference/membership.ts'
import { preAnswer } from '../calls/called-side.ts'
import type { Application } from '../execution/execution.ts'
import { hangup } from '../channel/hangup.ts'

const FLAGS = new Set(['mute', 'deaf', 'moderator', 'endconf', 'nomoh', 'join-only'])

interface Asked {
  readonly name: string
  readonly profile: string
  readonly pin: string
  readonly flags: readonly string[]
}

/** `name[@profile][+pin][+flags{mute|deaf|moderator|endconf}]`. */
const read = (arg: string): Asked => {
  const [, head = '', inBraces = ''] = /^(.*?)(?:\+flags\{([^}]*)\})?$/s.exec(arg.trim()) ?? []
  const [who = '', pin = ''] = head.split('+')
  const [name = '', profile = PROFILE] = who.split('@')
  return { name, profile, pin, flags: inBraces.split('|').filter((flag) => flag !== '') }
}

const flagsOf = ({ flags }: Asked): MemberFlags => ({
  muted: flags.includes('mute'),
  deaf: flags.includes('deaf'),
  moderator: flags.includes('moderator'),
  endsConference: flags.includes('endconf'),
})

/**
 * `conference <name>[@<profile>]` (`conference_function` in `mod_conference.c`): until the member is sent away, or hangs
 * up. Another profile than `default` does not exist; a call with flags that are not modelled is hung up.
 */
export const conference: Application = (sw, run) => {
  const { channel } = run
  const asked = read(run.arg)
  if (asked.profile !== PROFILE || asked.name === '') {
    run.end()
    return
  }
  const known = sw.conferences.byName.get(asked.name)
  const refused = asked.name.startsWith('bridge:') || asked.flags.some((flag) => !FLAGS.has(flag))
  if (refused || (known && known.pin !== '' && known.pin !== asked.pin)) {
    hangup(sw, channel, refused ? 'DESTINATION_OUT_OF_ORDER' : 'NORMAL_CLEARING', 'itself')
    run.end()
    return
  }
  preAnswer(sw, channel)
  if (known?.locked === true || (known === undefined && asked.flags.includes('join-only'))) {
    run.end()
    return
  }
  const member = join(sw, openConference(sw, asked.name), run, flagsOf(asked))
  run.onDigit = (take) => take()
  run.onStop = (why) => {
    if (why === 'hangup') leave(sw, member)
  }
}
