import { describe, expect, test } from 'vitest'
import { bridger, proxier } from '../../lib/apps/index.ts'
import { HOSTILE } from '../esl/encode/hostile-texts.ts'
import { onOneCaller } from '../app/on-one-caller.ts'

/** Those that are an address of the switch's own profile, once there is an address behind them. */
const uris = HOSTILE.flatMap((text) => (text.includes('@') ? [text] : [`${text}@192.0.2.1`]))

describe.each([
  ['Proxier', proxier],
  ['Bridger', bridger],
])('a caller of %s', (_, make) => {
  test.each(uris)('with the Request-URI %j reaches no endpoint, and is told 484', async (uri) => {
    const outcome = await onOneCaller(make(), { uri })
    expect(outcome).toMatchObject({ executed: [], hungUp: 'INVALID_NUMBER_FORMAT', failures: [] })
  })

  test('with an address as the Request-URI is bridged to it', async () => {
    const { executed, hungUp } = await onOneCaller(make(), { uri: 'bob@192.0.2.1:5060' })
    expect([executed, hungUp]).toEqual([
      [expect.stringMatching(/^bridge (?:\{[^{}]*\})?sofia\/external\/bob@192\.0\.2\.1:5060$/)],
      undefined,
    ])
  })
})
