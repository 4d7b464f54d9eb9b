#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { COMMANDS, commandsFor } from './commands.ts'
import { messageOf } from '../errors.ts'
import { hidePasswords } from './hide-passwords.ts'
import { EXIT, reportFailure } from './failure.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

hidePasswords(process.argv.slice(2))

const program = new Command('switchix')
  .description('Call control, call-flow testing and call generation for FreeSWITCH clusters')
  .version(version)
  // Every command has options, of which an outline knows nothing.
  .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })

const [first, second] = process.argv.slice(2)
const named = first === 'help' ? second : first
for (const command of await commandsFor(named)) program.addCommand(command)

const isUnknown =
  named !== undefined && !named.startsWith('-') && !COMMANDS.some(({ name }) => name === named)

// What was typed wrong is said in one line, with the way to the help; never with a stack.
for (const command of [program, ...program.commands])
  command
    .exitOverride()
    .showHelpAfterError(
      `(${command === program ? 'switchix' : `switchix ${command.name()}`} --help shows what there is)`,
    )
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'switchix: ')) })

const run = async (): Promise<number> => {
  try {
    // Commander shows the general help for the help of an unknown command, as if that were one.
    await (isUnknown && named !== 'help'
      ? program.parseAsync([named], { from: 'user' })
      : program.parseAsync())
    return Number(process.exitCode ?? EXIT.ok)
  } catch (error) {
    // Commander has said what is wrong by then; asking for help or the version is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    return reportFailure(error)
  }
}

/** What became of our output. */
const output = { closed: false, failed: false }

// Whoever reads us may have enough (`| head`). What goes on by itself ends by that, in order; all else ends at once.
const cannotPrint = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE' || error.code === 'EIO') {
    if (output.closed) return
    output.closed = true
    // Loaded where it is needed: `--help` has no use for it.
    void import('./output-closed.ts').then(({ outputClosed }) => outputClosed() || process.exit(EXIT.ok))
  } else if (!output.failed) {
    output.failed = true
    process.stderr.write(`switchix: cannot write to stdout: ${messageOf(error)}\n`)
  }
}
process.stdout.on('error', cannotPrint)
// There is nowhere left to say it.
process.stderr.on('error', () => undefined)

process.exitCode = await run()
process.on('exit', (code) => {
  if (code === EXIT.ok && output.failed) process.exitCode = EXIT.files
})
