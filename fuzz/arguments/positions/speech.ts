import { separate } from '../../model/strings.ts'
import type { Command } from '../../model/packet.ts'
import { executed, number, text, words, type Position } from '../position.ts'
import { injected, same, sameWords, wrong, type Verdict } from '../verdict.ts'

/** `speak` (mod_dptools.c:2417): the text is what the argument has from where the last piece begins, less its first blanks. */
const spoken = (arg: string, engine: string, voice: string, given: string): Verdict => {
  const pieces = separate(arg, '|', 3)
  if (pieces.length !== 3) return injected(pieces)
  if (pieces[0] !== engine || pieces[1] !== voice) return wrong(pieces)
  // The text begins behind the second bar that no quotes hide: ours hide none.
  const behind = /^(?:\\[^]|[^\\|])*\|(?:\\[^]|[^\\|])*\|([^]*)$/.exec(arg)?.[1] ?? ''
  return behind.includes('|') ? injected(behind) : same(behind.replace(/^ +/, ''), given)
}

const said = (arg: string, given: readonly string[]): Verdict => sameWords(separate(arg, ' ', 5), given)

/** What `play_and_get_digits` reads (mod_dptools.c:2822), with one of its words given. */
const asked = (sent: readonly Command[], uuid: string, at: number, given: string): Verdict =>
  executed(sent, uuid, 'play_and_get_digits', (arg) => {
    const plain = [
      '1',
      '1',
      '1',
      '5000',
      '#',
      'f.wav',
      'silence_stream://250',
      'switchix_digits',
      '\\d+',
      '5000',
    ]
    if (at === 5 && separate(arg, ' ', 11)[5]?.startsWith('{')) return injected('parameters')
    return sameWords(separate(arg, ' ', 11), plain.with(at, given))
  })

const prompt = 'f.wav'

/** Words and digits. */
export const speechPositions: readonly Position[] = [
  text(
    'speak',
    ({ session }, v) => session.speak(v),
    (v, sent, uuid) => executed(sent, uuid, 'speak', (arg) => spoken(arg, 'flite', 'kal', v)),
  ),
  text(
    'speak voice',
    ({ session }, v) => session.speak('t', { voice: v }),
    (v, sent, uuid) => executed(sent, uuid, 'speak', (arg) => spoken(arg, 'flite', v, 't')),
  ),
  text(
    'speak engine',
    ({ session }, v) => session.speak('t', { engine: v }),
    (v, sent, uuid) => executed(sent, uuid, 'speak', (arg) => spoken(arg, v, 'kal', 't')),
  ),
  text(
    'say',
    ({ session }, v) => session.say(v),
    (v, sent, uuid) => executed(sent, uuid, 'say', (arg) => said(arg, ['en', 'number', 'pronounced', v])),
  ),
  text(
    'say language',
    ({ session }, v) => session.say('1', { language: v }),
    (v, sent, uuid) => executed(sent, uuid, 'say', (arg) => said(arg, [v, 'number', 'pronounced', '1'])),
  ),
  text(
    'say type',
    ({ session }, v) => session.say('1', { type: v }),
    (v, sent, uuid) => executed(sent, uuid, 'say', (arg) => said(arg, ['en', v, 'pronounced', '1'])),
  ),
  text(
    'collectDigits prompt',
    ({ session }, v) => session.collectDigits({ prompt: v }),
    (v, sent, uuid) => asked(sent, uuid, 5, v),
  ),
  text(
    'collectDigits invalid',
    ({ session }, v) => session.collectDigits({ prompt, invalid: v }),
    (v, sent, uuid) => asked(sent, uuid, 6, v),
  ),
  text(
    'collectDigits pattern',
    ({ session }, v) => session.collectDigits({ prompt, pattern: v }),
    (v, sent, uuid) => asked(sent, uuid, 8, v),
  ),
  text(
    'collectDigits terminators',
    ({ session }, v) => session.collectDigits({ prompt, terminators: v }),
    (v, sent, uuid) => asked(sent, uuid, 4, v === '' ? 'none' : v),
  ),
  number(
    'collectDigits tries',
    ({ session }, v) => session.collectDigits({ prompt, tries: v }),
    (v, sent, uuid) => asked(sent, uuid, 2, v),
  ),
  number(
    'collectDigits firstDigitTimeout',
    ({ session }, v) => session.collectDigits({ prompt, firstDigitTimeout: v, digitTimeout: 5000 }),
    (v, sent, uuid) => asked(sent, uuid, 3, v),
  ),
  text(
    'sendDtmf',
    ({ session }, v) => session.sendDtmf(v),
    (v, sent, uuid) =>
      words(sent, 'uuid_send_dtmf', 2, (found) =>
        /[+@~]/.test(found[1] ?? '') ? injected(found) : sameWords(found, [uuid, v]),
      ),
  ),
  number(
    'sendDtmf duration',
    ({ session }, v) => session.sendDtmf('1', v),
    (v, sent, uuid) =>
      words(sent, 'uuid_send_dtmf', 2, (found) =>
        Number(v) > 50 && Number(v) <= 24_000 ? sameWords(found, [uuid, `1@${v}`]) : wrong(found),
      ),
  ),
]
