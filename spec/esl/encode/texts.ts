import fc from 'fast-check'

/** Bytes as chars, as the models of the switch take them, and back. */
export const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
export const fromBytes = (text: string): string => Buffer.from(text, 'latin1').toString('utf8')

const char = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...`\\'",= nrst:_^$[]{}<>|&()#%;!@\tab\x01\x02`.split(/(?:)/)) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
)

const SPECIAL = [
  '\\\\',
  "\\'",
  '\\n',
  '\\s',
  ':_:',
  '^^',
  'ARRAY::',
  '%[',
  '%,[',
  '${x}',
  '$$',
  '::',
  '@@',
  '  ',
]

/** Texts of what is special to one of the switch's parsers, mostly. */
export const nastyText = fc
  .array(fc.oneof({ weight: 3, arbitrary: char }, { weight: 1, arbitrary: fc.constantFrom(...SPECIAL) }), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''))

/** Runs an encoder; undefined where it refuses. What is no ArgumentError is thrown on. */
export const encoded = (encode: () => string): string | undefined => {
  try {
    return encode()
  } catch (error) {
    if ((error as { code?: unknown }).code === 'BAD_ARGUMENT') return undefined
    throw error
  }
}
