import { PERCENT, where } from './bytes'
import { DECODED } from './layout'

/** Where the next decoded value goes. */
export let end: i32 = DECODED

export function begin(): void {
  end = DECODED
}

function hex(char: i32): i32 {
  if (char >= 48 && char <= 57) return char - 48
  const lower = char | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

/**
 * Decodes what stands from `from` to `to`, to `end`, which then is after it. A `%` that no two hex digits follow stands for
 * itself. Gives false, and leaves `end`, where there are bytes in it that are not ASCII.
 */
export function decode(from: i32, to: i32): bool {
  let all = 0
  let out = end
  let at = from
  while (at < to) {
    v128.store(out, v128.load(at))
    const marks = where(at, PERCENT)
    const plain = marks ? ctz(marks) : 16
    at += plain
    out += plain
    if (!marks || at >= to) continue
    const byte = at + 2 < to ? (hex(load<u8>(at + 1)) << 4) | hex(load<u8>(at + 2)) : -1
    store<u8>(out++, byte < 0 ? PERCENT : byte)
    at += byte < 0 ? 1 : 3
    if (byte > 0) all |= byte
  }
  if (all > 0x7f) return false
  end = out - (at - to)
  return true
}
