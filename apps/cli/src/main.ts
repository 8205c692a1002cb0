import { CommanderError } from 'commander';
import { type Action, createProgram, shortHelp } from './program.js';
import { exitCodes } from './terminal/exit-codes.js';
import { languageOfShell, Terminal } from './terminal/terminal.js';

/** Reads the command line and does what it says; the exit code is that of docs/cli.md. */
async function main(): Promise<number> {
  let exit: number = exitCodes.ok;
  const perform = async (action: Action) => {
    const terminal = new Terminal(
      program.opts<{ json?: boolean }>().json ?? false,
      languageOfShell(process.env),
    );
    exit = await performed(action, terminal);
  };
  const program = createProgram(perform);
  allOf(program).forEach(command => command.exitOverride());
  if (process.argv.slice(2).every(argument => argument === '--json')) {
    process.stdout.write(shortHelp);
    return exit;
  }
  try {
    await program.parseAsync();
    return exit;
  } catch (error) {
    // Commander has said what is wrong; help that was asked for is no fault.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    throw error;
  }
}

async function performed(action: Action, terminal: Terminal): Promise<number> {
  try {
    return (await action(terminal)) ?? exitCodes.ok;
  } catch (error) {
    const { failureOf } = await import('./terminal/failure.js');
    const failure = failureOf(error, terminal.language, placeOf(process.env['DATABASE_URL']));
    terminal.fail(failure);
    // The work that was interrupted still holds connections: waiting for it would make Ctrl-C useless.
    if (failure.exit === exitCodes.interrupted) process.exit(failure.exit);
    return failure.exit;
  }
}

type Commands = ReturnType<typeof createProgram>;

function allOf(command: Commands): Commands[] {
  return [command, ...command.commands.flatMap(allOf)];
}

/** Host and database of a URL; never its password. */
function placeOf(url: string | undefined): string {
  return url && URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'DUBAN_HOME';
}

// `duban … | head` closes the pipe before all is written.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});
process.exitCode = await main();
