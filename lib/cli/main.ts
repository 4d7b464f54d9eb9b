#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { COMMANDS, commandsFor } from './commands.ts'
import { EXIT, reportFailure } from './failure.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

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

// Whoever reads us may have enough (`| head`). Where calls are up, what guards them takes it from there.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' || process.listenerCount('uncaughtException') > 0) throw error
  process.exit(EXIT.ok)
})

process.exitCode = await run()
