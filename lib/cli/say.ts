/** Says on stdout what a command that goes on does, with the time. */
export const say = (text: string): void => {
  process.stdout.write(`${new Date().toISOString()} ${text}\n`)
}
