import { readFileSync, fstatSync, openSync, closeSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { ArgumentError, ConnectError, messageOf } from '../errors.ts'
import { askSecret, canAsk } from './ask-secret.ts'
import { say } from './say.ts'

/** How a command is given the Event Socket's password. */
export interface PasswordOptions {
  readonly password?: string
  readonly passwordFile?: string
  readonly askPassword?: boolean
}

/** The options by which every command that connects takes a password, in the order of the help. */
export const passwordOptions = (): readonly [Option, Option, Option] => [
  new Option(
    '--password <text>',
    "the Event Socket's password (default: ClueCon); others may read a command line: better one of the next two",
  ).env('SWITCHIX_PASSWORD'),
  new Option(
    '--password-file <file>',
    'read the password from the first line of a file; - is the standard input',
  ).env('SWITCHIX_PASSWORD_FILE'),
  new Option('--ask-password', 'ask for the password on the terminal'),
]

/** The first line of a file, which only its owner should be able to read. */
const readPassword = (path: string): string => {
  let text: string
  try {
    const file = path === '-' ? 0 : openSync(path, 'r')
    try {
      const stats = fstatSync(file)
      if (stats.isFile() && (stats.mode & 0o004) !== 0)
        say(`everybody on this machine can read ${path}; make it yours alone: chmod 600 ${path}`)
      text = readFileSync(file, 'utf8')
    } finally {
      if (file !== 0) closeSync(file)
    }
  } catch (error) {
    throw new ArgumentError(`--password-file: ${messageOf(error)}`, error)
  }
  const [password = ''] = text.split(/\r?\n/, 1)
  if (password === '')
    throw new ArgumentError(`--password-file: expected a password in the first line of ${path}`)
  return password
}

/** What was given nearest to the command line counts. */
const RANK: Readonly<Record<string, number>> = { cli: 3, env: 2, config: 1 }

/**
 * Puts the password in place, from wherever it comes: the command line, then the environment, then a config file; asks for it where
 * that was asked for. Throws ArgumentError for two of them at once, and for a file that cannot be read.
 */
export const settlePassword = async (command: Command): Promise<void> => {
  const { password, passwordFile, askPassword } = command.opts<PasswordOptions>()
  // What we start must not be given it.
  delete process.env['SWITCHIX_PASSWORD']
  const rank = (name: string): number => RANK[command.getOptionValueSource(name) ?? ''] ?? 0
  if (askPassword) command.setOptionValue('password', await askSecret("the Event Socket's password: "))
  else if (passwordFile !== undefined) {
    if (password !== undefined && rank('password') === rank('passwordFile'))
      throw new ArgumentError('expected --password or --password-file, not both')
    if (rank('passwordFile') > rank('password'))
      command.setOptionValue('password', readPassword(passwordFile))
  }
}

/** How often a password is asked for that the switch then refuses. */
const ATTEMPTS = 3

/** Connects; where nobody gave a password, and the switch refuses the default, asks for it on a terminal. */
export const withPassword = async <T>(
  password: string | undefined,
  connect: (password: string | undefined) => Promise<T>,
): Promise<T> => {
  let asked = password
  for (let attempt = 1; ; attempt++)
    try {
      return await connect(asked)
    } catch (error) {
      const isRefused = error instanceof ConnectError && error.code === 'AUTH_FAILED'
      if (!isRefused || password !== undefined || !canAsk() || attempt > ATTEMPTS) throw error
      asked = await askSecret(`the password of ${error.address}: `)
    }
}
