import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createUuids } from '../../lib/service/uuids.ts'

const V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const several = (seed: number): string[] => {
  const newUuid = createUuids(seed)
  return Array.from({ length: 50 }, () => newUuid())
}

describe('uuids', () => {
  test('of a seed are of version 4, no two the same, and the same again', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const uuids = several(seed)
        expect(uuids.filter((uuid) => !V4.test(uuid))).toEqual([])
        expect(new Set(uuids).size).toBe(uuids.length)
        expect(several(seed)).toEqual(uuids)
      }),
    )
  })

  test('of two seeds are others', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        fc.pre(a !== b)
        expect(several(a).filter((uuid) => several(b).includes(uuid))).toEqual([])
      }),
    )
  })

  test('without a seed are others each time', () => {
    expect(createUuids()()).toMatch(V4)
    expect(createUuids()()).not.toBe(createUuids()())
  })
})
