#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { audioCommand } from './audio.ts'
import { dialCommand } from './dial.ts'
import { doctorCommand } from './doctor.ts'
import { EXIT, reportFailure } from './failure.ts'
import { listAppsCommand } from './list-apps.ts'
import { ladderCommand } from './ladder.ts'
import { plotCommand } from './plot.ts'
import { queryCommand } from './query.ts'
import { recordCommand } from './record.ts'
import { replayCommand } from './replay.ts'
import { reportCommand } from './report.ts'
import { serveCommand } from './serve.ts'
import { simCommand } from './sim.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const program = new Command('switchix')
  .description('Call control, call-flow testing and call generation for FreeSWITCH clusters')
  .version(version)
  .addCommand(dialCommand())
  .addCommand(serveCommand())
  .addCommand(simCommand())
  .addCommand(doctorCommand())
  .addCommand(listAppsCommand())
  .addCommand(queryCommand())
  .addCommand(audioCommand())
  .addCommand(reportCommand())
  .addCommand(plotCommand())
  .addCommand(recordCommand())
  .addCommand(replayCommand())
  .addCommand(ladderCommand())

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
    await program.parseAsync()
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
