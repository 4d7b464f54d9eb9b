/**
 * Joins a string that was put together of many, once and not with every event that it becomes a part of: reading a character
 * does it.
 */
export const flat = (text: string): string => {
  text.charCodeAt(0)
  return text
}
