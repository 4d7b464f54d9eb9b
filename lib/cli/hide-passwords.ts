/** A command line without its passwords. */
export const withoutPasswords = (args: readonly string[]): string[] =>
  args.map((arg, i) => {
    if (/^--password=/.test(arg)) return '--password=***'
    return args[i - 1] === '--password' ? '***' : arg
  })

/** Takes the passwords out of what `ps` shows of this process; until it has run, the command line can be read. */
export const hidePasswords = (args: readonly string[]): void => {
  const shown = withoutPasswords(args)
  if (shown.some((arg, i) => arg !== args[i])) process.title = ['switchix', ...shown].join(' ')
}
