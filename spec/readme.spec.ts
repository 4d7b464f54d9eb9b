import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runNode } from './run-node.ts'

const root = new URL('..', import.meta.url).pathname
const readme = readFileSync(`${root}README.md`, 'utf8')
const examples = readdirSync(`${root}examples`).filter(
  (name) => name.endsWith('.ts') && name !== 'run-all.ts',
)

/** What each example must print. */
const PRINTS: Readonly<Record<string, RegExp>> = {
  'audit.ts': /^audited:(\n\S+ USER_BUSY){2}$/m,
  'bert-load.ts': /^20 answered, 0 up\n20 in sync, 0 lost it, 0 never had it$/m,
  'call-an-ivr.ts':
    /^alice, who knows her PIN, heard 250\nbob, who pressed nothing, was asked 2 times\ncarol hung up /m,
  'call-counter.ts': /^3 calls, 6 answered sessions$/m,
  'cdr.ts': /^3 rows$[^]*hangup_cause: 'NORMAL_CLEARING'[^]*caller_answer: \d+[^]*callee_hangup: \d+/m,
  'collect-a-pin.ts': /^the PIN: 1234$/m,
  'composition.ts':
    /^good morning, caller 1001$[^]*^good evening, caller 1002$[^]*^too slow, caller 1003\n1003: NO_USER_RESPONSE$/m,
  'first-call.ts': /^hung up: NORMAL_CLEARING$/m,
  'flow.ts': /^welcomed\nthe callee: CHANNEL_CREATE > CHANNEL_PARK > .* > CHANNEL_DESTROY$/m,
  'ivr.ts': /^the choice: 1\nthe order: 47\nthe call ended: NORMAL_CLEARING$/m,
  'nested-conditions.ts':
    /^123 heard 350 440, hung up: false\n1100 heard 440 700, hung up: true\n502 heard 600, /m,
  'parties.ts': /^(?=[^]*^taken by 5551234$)[^]*^called: desk1, desk2, 5551234$/m,
  'place-calls.ts': /^20 answered, 0 up$/m,
  'play-rec.ts':
    /^recorded \S+\/caller_\S+\.wav and \S+\/callee_\S+\.wav\nthe first call: 4 .* true\nthe second call: 3 .* false$/m,
  'proxier.ts': /^answered by bob\nthe legs: outbound, inbound, outbound$/m,
  'record-and-replay.ts':
    /^3 commands, divergence: none\nwith another prompt:\n[^]*- playback tone_stream[^]*\+ playback other\.wav$/m,
  'record-some-agents.ts': /^to 5551234, recorded: false\nto 5551234, recorded: true$/m,
  'reject-international.ts': /^0049301234: CALL_REJECTED$[^]*: CALL_REJECTED$\n5551234: answered$/m,
  'router.ts':
    /^2001 goes to 192\.0\.2\.20:5060\n4001 goes to 192\.0\.2\.40:5060\n[^]*: CALL_REJECTED\n999: NO_ROUTE_DESTINATION$/m,
  'serve.ts': /^2 switches, calls on each: 2 and 1$/m,
  'test-a-call-flow.ts': /^1 goes to sales\nsilence is hung up on after 10 s$/m,
  'time-of-day.ts': /: 500\n.*: 531\n.*: 531$/m,
  'tone-play.ts': /^outbound: \{loops=-1\}tone_stream:.*\noutbound: silence$/m,
  'trunks-by-prefix.ts':
    /^12025550100: 2025550100\n12025550101: NORMAL_CIRCUIT_CONGESTION\n2345: 2345\n4321: 4321\n999: NO_ROUTE/m,
  'unreachable-message.ts': /^bob: NORMAL_CLEARING\nnobody: not reached, .*\nnobody: NO_ANSWER$/m,
  'virtual-time.ts': /^a call of 10 minutes$/m,
  'weighted-load.ts': /^\{ NORMAL_CLEARING: 20, USER_BUSY: 10 \}$/m,
  'welcome.ts':
    /^talking to: 5551234\nthe prompt was broken off: true\nthey talked to the end: true, NORMAL_CLEARING$/m,
  'write-an-app.ts': /^greeted for \d+.*\nthe call ended: NORMAL_CLEARING$/m,
}

/** The code after each `<!-- examples/name.ts -->`. */
const shownIn = (page: string): { file: string; code: string }[] =>
  Array.from(
    page.matchAll(/<!-- (examples\/[\w-]+\.ts) -->\n+```ts\n([^]*?)```/g),
    ([, file = '', code = '']) => ({ file, code }),
  )

const pages = readdirSync(`${root}docs`).filter((name) => name.endsWith('.md'))

describe('the docs', () => {
  test('show programs of examples/ as they are there', () => {
    const shown = pages.flatMap((page) => shownIn(readFileSync(`${root}docs/${page}`, 'utf8')))
    expect(shown.length).toBeGreaterThan(1)
    for (const { file, code } of shown) expect(code, file).toBe(readFileSync(root + file, 'utf8'))
  })
})

describe('the README', () => {
  test('shows programs that are in examples/, as they are there', () => {
    const shown = shownIn(readme)
    expect(shown.length).toBeGreaterThan(0)
    for (const { file, code } of shown) expect(code, file).toBe(readFileSync(root + file, 'utf8'))
  })

  test('begins with a program that is true as it stands: it is a part of an example', () => {
    const [, first = ''] = /```ts\n([^]*?)```/.exec(readme) ?? []
    expect(first).toMatch(/^const welcome: App/)
    expect(readFileSync(`${root}examples/welcome.ts`, 'utf8')).toContain(first)
  })

  test('gives the test command that CI runs', () => {
    expect(readme).toContain('npm ci && npm test')
    expect(readFileSync(`${root}.ci/run`, 'utf8')).toMatch(/^npm test$/m)
  })
})

const built = `${root}examples/.built/`

// Compiled at once, which takes a third of the time that each takes by tsx (`npm run examples` does it so).
beforeAll(() => {
  mkdirSync(built, { recursive: true })
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  for (const name of examples) {
    const { outputText } = ts.transpileModule(readFileSync(`${root}examples/${name}`, 'utf8'), {
      compilerOptions,
    })
    writeFileSync(built + name.replace(/ts$/, 'js'), outputText)
  }
})
afterAll(() => {
  rmSync(built, { recursive: true })
})

describe.concurrent('the examples', () => {
  test('are those whose output is known', () => {
    expect(examples.sort()).toEqual(Object.keys(PRINTS))
  })

  test.each(examples)(
    '%s runs to its end, and shows what it is about',
    async (name) => {
      const command = [built + name.replace(/ts$/, 'js')]
      const { stdout, stderr } = await runNode(command, { cwd: root })
      expect(stdout).toMatch(PRINTS[name] ?? /^$/)
      expect(stderr).toBe('')
    },
    25_000,
  )
})
