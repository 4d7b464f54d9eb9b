import { describe, expect, it } from 'vitest'
import { setUp } from '../../lib/app/prepost.ts'
import { outcomeOf } from '../testing/promises.ts'

describe('a prepost', () => {
  const forms: Record<string, (note: (what: string) => void) => unknown> = {
    'a function'(note) {
      note('up')
    },
    'an async function': async (note) => {
      await Promise.resolve()
      note('up')
    },
    *'a generator'(note) {
      note('up')
      yield
      note('down')
    },
    async *'an async generator'(note) {
      await Promise.resolve()
      note('up')
      yield
      await Promise.resolve()
      note('down')
    },
  }

  for (const [form, prepost] of Object.entries(forms))
    it(`may be ${form}`, async () => {
      const seen: string[] = []
      const tearDown = await setUp(() => prepost((what) => seen.push(what)))
      expect(seen).toEqual(['up'])
      await tearDown()
      expect(seen).toEqual(form.endsWith('generator') ? ['up', 'down'] : ['up'])
    })

  it('tears down once, however often it is asked to', async () => {
    let downs = 0
    const tearDown = await setUp(function* () {
      yield
      downs++
    })
    await Promise.all([tearDown(), tearDown()])
    await tearDown()
    expect(downs).toBe(1)
  })

  it('that does not exist sets nothing up', async () => {
    await (
      await setUp(() => undefined)
    )()
  })

  const wrong: Record<string, readonly [prepost: () => unknown, message: RegExp]> = {
    'throws what it throws': [
      () => {
        throw new Error('sync')
      },
      /sync/,
    ],
    'rejects with what it rejects with': [() => Promise.reject(new Error('async')), /async/],
    'that is a generator and throws before its yield rejects with that': [
      function* () {
        throw new Error('early')
      },
      /early/,
    ],
    'that is a generator must yield': [
      // eslint-disable-next-line @typescript-eslint/require-await
      async function* () {
        return 'no yield'
      },
      /did not yield: expected exactly one yield/,
    ],
  }

  for (const [rule, [prepost, message]] of Object.entries(wrong))
    it(rule, async () => {
      expect(String(await outcomeOf(setUp(prepost)))).toMatch(message)
    })

  it('must not yield twice: it is ended there, and what it has to clean up is cleaned up', async () => {
    const seen: string[] = []
    const tearDown = await setUp(function* () {
      try {
        yield
        seen.push('down')
        yield
        seen.push('never')
      } finally {
        seen.push('finally')
      }
    })
    expect(String(await outcomeOf(tearDown()))).toMatch(/yielded twice: expected exactly one yield/)
    expect(seen).toEqual(['down', 'finally'])
  })

  it('that throws in its second half makes the tear-down reject', async () => {
    const tearDown = await setUp(function* () {
      yield
      throw new Error('late')
    })
    expect(String(await outcomeOf(tearDown()))).toMatch(/late/)
  })
})
