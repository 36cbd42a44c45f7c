import { Command } from 'commander';
import { expect, test } from 'vitest';
import { COMMANDS } from './index.ts';

test.each([...COMMANDS])('the command %s is loaded by its name alone', async (name, load) => {
  const program = new Command();
  const command = await load();
  command(
    (declared, description) => program.command(declared).description(description),
    () => async () => {},
  );
  expect(program.commands.map((one) => one.name())).toEqual([name]);
});
