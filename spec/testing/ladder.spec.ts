import { describe, expect, it } from 'vitest'
import { ladder } from '../../lib/testing/ladder/ladder.ts'
import { fit, widthOf } from '../../lib/testing/ladder/width.ts'
import type { Recording } from '../../lib/testing/recording.ts'
import { captured } from './captured.ts'

const evil = '<script>alert(1)</script>"\'&\u001b[2J\u202e\u0000'

const hostile: Recording = {
  node: evil,
  start: 0,
  lines: [
    { t: 1, event: { 'Event-Name': 'CHANNEL_CREATE', 'Unique-ID': evil, 'Caller-Destination-Number': evil } },
    {
      t: 2,
      command: `sendmsg ${evil}\ncall-command: execute\nexecute-app-name: playback\nexecute-app-arg: ${evil}`,
    },
    { t: 3, reply: `-ERR ${evil}` },
    { t: 4, event: { 'Event-Name': evil } },
  ],
}

describe('a ladder as text', () => {
  it('draws each leg, its events, the commands that made them happen, and their times', () => {
    const lines = ladder(captured('a1_inbound_park_answer_playback_hangup'), { width: 100 }).split('\n')
    expect(lines[0]).toMatch(/^ {10}controller +leg A$/)
    expect(lines[1]).toMatch(/^ +inbound sipp → park$/)
    const has = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line))
    expect(has(/^ +0\.\d{3} {2}│◀─+ CHANNEL_PARK ─+┤$/)).toBeGreaterThan(2)
    expect(has(/├─+ playback test\/short\.wav ─+▶│$/)).toBeGreaterThan(has(/CHANNEL_ANSWER/))
    expect(has(/CHANNEL_STATE|CODEC/)).toBe(-1)
  })

  it('has every line as wide as the others, and no wider than asked where there is room', () => {
    for (const scenario of ['a1_inbound_park_answer_playback_hangup', 'b1_bridge_app_from_park'])
      for (const width of [90, 120, 200]) {
        const rows = ladder(captured(scenario), { width })
          .split('\n')
          .filter((line) => /[┤▶]/.test(line))
        for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(width)
        expect(new Set(rows.map((row) => row.indexOf('│') >= 0 || row.indexOf('├') >= 0))).toEqual(
          new Set([true]),
        )
      }
  })

  it('shows agreement in the line of a command, and what else was answered in one of its own', () => {
    const text = ladder({
      node: 'a:1',
      start: 0,
      lines: [
        { t: 0, command: 'event plain ALL' },
        { t: 0, reply: '+OK event listener enabled plain' },
        { t: 1, event: { 'Event-Name': 'CHANNEL_CREATE', 'Unique-ID': 'A' } },
        { t: 2, command: 'api uuid_kill A' },
        { t: 3, command: 'api uuid_getvar A lang' },
        { t: 4, reply: '+OK\n' },
        { t: 5, reply: 'de' },
        { t: 6, command: 'api status' },
      ],
    })
    expect(text).toMatch(/0\.002 {2}├─+ api uuid_kill {2}\+OK ─+▶│/)
    expect(text).toMatch(/0\.005 {2}│◀╌+ de ╌+┤/)
    expect(text).toMatch(/controller +leg A +switch/)
    expect(text).not.toContain('event plain')
  })

  it('measures wide characters, and marks what it leaves out', () => {
    expect([widthOf('日本'), widthOf('e\u0301'), widthOf('abc')]).toEqual([4, 1, 3])
    expect([fit('日本語', 5), fit('abc', 3), fit('abcd', 3)]).toEqual(['日本…', 'abc', 'ab…'])
  })

  it('lets nothing through that a terminal would obey', () => {
    expect(ladder(hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })
})

describe('a ladder as a picture', () => {
  it.each(['svg', 'html'] as const)('of hostile calls holds no markup of theirs: %s', (format) => {
    const picture = ladder(hostile, { format })
    expect(picture).not.toContain('<script')
    expect(picture).toContain('&lt;script&gt;')
    expect(picture).not.toMatch(/="[^"]*<|\u0000|\u001b/)
    expect(picture).toContain('prefers-color-scheme: dark')
  })

  it('as a picture has room for the whole uuid of its last leg', () => {
    const picture = ladder(captured('b1_bridge_app_from_park'), { format: 'svg' })
    const width = Number(/ width="(\d+)"/.exec(picture)?.[1])
    const uuids = [...picture.matchAll(/ x="(\d+)" y="\d+">([\da-f]{8}-[\da-f-]{27})</g)]
    expect(uuids.length).toBeGreaterThan(1)
    // A character of the font is 6.7 wide.
    for (const [, x] of uuids) expect(Number(x) + 36 * 6.7).toBeLessThan(width)
  })

  it('is well-formed, with a row for each thing said', () => {
    const picture = ladder(captured('b1_bridge_app_from_park'), { format: 'svg' })
    const open: string[] = []
    for (const [, close, name = '', end] of picture.matchAll(/<(\/?)([a-z]+)\b[^>]*?(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name)
      else if (end !== '/') open.push(name)
    }
    expect(open).toEqual([])
    expect(picture.match(/<title>/g)?.length).toBeGreaterThan(30)
  })

  it('as a page loads nothing and runs nothing', () => {
    const page = ladder(captured('a1_inbound_park_answer_playback_hangup'), { format: 'html' })
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).toContain(`default-src 'none'`)
    expect(page).not.toMatch(/ src=| href=|url\(/)
  })
})
