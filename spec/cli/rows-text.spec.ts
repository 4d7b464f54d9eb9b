import { describe, expect, test } from 'vitest'
import { rowsText } from '../../lib/cli/display/rows-text.ts'

const RESULT = {
  columns: ['cause', 'calls', 'list'],
  rows: [
    ['USER_BUSY', 5, [1, 2]],
    ['a, "b"', null, null],
  ],
}

describe('rows of a result', () => {
  test('as a table: texts to the left, numbers to the right, nothing for null', () => {
    expect(rowsText(RESULT, 'table')).toBe(
      ['cause      calls  list', '---------  -----  -----', 'USER_BUSY      5  [1,2]', 'a, "b"', ''].join(
        '\n',
      ),
    )
  })

  test('as CSV', () => {
    expect(rowsText(RESULT, 'csv')).toBe('cause,calls,list\nUSER_BUSY,5,"[1,2]"\n"a, ""b""",,\n')
  })

  test('as JSON, null being null', () => {
    expect(JSON.parse(rowsText(RESULT, 'json'))).toEqual([
      { cause: 'USER_BUSY', calls: 5, list: [1, 2] },
      { cause: 'a, "b"', calls: null, list: null },
    ])
  })

  test('of which there are none: the columns alone', () => {
    expect(rowsText({ columns: ['a'], rows: [] }, 'table')).toBe('a\n-\n')
    expect(rowsText({ columns: ['a'], rows: [] }, 'json')).toBe('[]\n')
  })
})
