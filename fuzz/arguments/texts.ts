import type { Random } from '../random.ts'

/** What is special to one of the switch's parsers, or to a text's encoding. */
const SPECIAL = [
  ...['\r', '\n', '\0', '\r\n', '\n\n', '\t', '\x01', '\x02', '\x1b', '\x7f', ' ', '  '],
  ...[
    '}',
    '{',
    ']',
    '[',
    '(',
    ')',
    '<',
    '>',
    '<a=b>',
    ',',
    ';',
    '|',
    '&',
    '=',
    '!',
    '@',
    '@@',
    '/',
    '-',
    '%',
    '$',
    '$$',
  ],
  ...["'", "''", '"', '\\', '\\\\', "\\'", '\\n', '\\r\\n', '\\s', '\\t', '\\,', '^^', '^^:', '^^ '],
  ...[
    '${',
    '${x}',
    '$${x}',
    '$\\{',
    '\\${x}',
    '%[a=b]',
    '%,[',
    '%[',
    ':_:',
    ':_',
    '_:',
    '::',
    '|:',
    'ARRAY::',
    'ARRAY::a|:b',
  ],
  ...['\u2028', '\u2029', '\u0085', '\xa0', '\ud800', '\u{1F600}', '\ufeff', 'é'],
  ...[
    '-both',
    '-bleg',
    'undef',
    'all',
    'none',
    '&park()',
    'loopback/x',
    'sofia/gateway/t/1',
    'system:',
    'system::',
    'api ',
  ],
  ...[
    'origination_nested_vars=true',
    ';fs_path=sip:evil',
    'unload',
    'reload',
    'mod_event_socket',
    '+5',
    '10',
    '~',
    '|/',
  ],
] as const

const PLAIN = 'abcXYZ0189_-.'.split(/(?:)/)

/** A text of 0 to 40 pieces, more or less of them special. */
export const randomText = (random: Random): string => {
  const length = random.chance(0.05) ? 0 : 1 + random.int(random.chance(0.8) ? 6 : 40)
  const share = random.next()
  let text = ''
  for (let i = 0; i < length; i++) text += random.pick(random.next() < share ? SPECIAL : PLAIN)
  return text
}

const NUMBERS = [
  ...[0, -0, 1, -1, 0.5, 1.5, 49, 50, 51, 250, 999, 1000, 1001, 8000, 24_000, 60_000, 3_600_000],
  ...[2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 1e21, 1e308, 5e-324, NaN, Infinity, -Infinity],
] as const

/** A number, or (one in ten, as from JavaScript) what is none. */
export const randomNumber = (random: Random): number => {
  if (random.chance(0.1)) return randomText(random) as unknown as number
  return random.chance(0.6) ? random.pick(NUMBERS) : (random.next() - 0.3) * 10 ** random.int(12)
}
