export const NEWLINE: i32 = 10
export const BLANK: i32 = 32
export const PERCENT: i32 = 37
export const COLON: i32 = 58
/** `: ` as it is loaded. */
export const COLON_BLANK: i32 = 0x203a

/** Which of the 16 bytes at `at` are `byte`, a bit for each. */
export function where(at: i32, byte: i32): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>byte)))
}

/** Which of the 32 bytes at both places differ. */
function differing(a: i32, b: i32): u32 {
  const low: u32 = i8x16.bitmask(i8x16.ne(v128.load(a), v128.load(b)))
  const high: u32 = i8x16.bitmask(i8x16.ne(v128.load(a, 16), v128.load(b, 16)))
  return low | (high << 16)
}

/** Whether the same `size` bytes stand at both places. */
export function same(a: i32, b: i32, size: i32): bool {
  let at = 0
  for (; size - at >= 32; at += 32) if (differing(a + at, b + at)) return false
  return (differing(a + at, b + at) & (((<u32>1) << (size - at)) - 1)) == 0
}
