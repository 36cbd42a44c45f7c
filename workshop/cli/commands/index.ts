import type { WorkshopCommand } from '../workshop-command.ts';
import { app } from './app.ts';
import { author } from './author.ts';
import { bench } from './bench.ts';
import { branches } from './branches.ts';
import { changes } from './changes.ts';
import { check } from './check.ts';
import { diff } from './diff.ts';
import { goto } from './goto.ts';
import { hint } from './hint.ts';
import { ledger } from './ledger.ts';
import { logs } from './logs.ts';
import { next } from './next.ts';
import { notes } from './notes.ts';
import { ownership } from './ownership.ts';
import { rehearse } from './rehearse.ts';
import { replay } from './replay.ts';
import { reset } from './reset.ts';
import { solve } from './solve.ts';
import { stages } from './stages.ts';
import { start } from './start.ts';
import { step } from './step.ts';
import { trace } from './trace.ts';
import { traces } from './traces.ts';
import { undo } from './undo.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly WorkshopCommand[] = [
  start,
  check,
  goto,
  next,
  step,
  solve,
  reset,
  undo,
  diff,
  hint,
  stages,
  app,
  traces,
  trace,
  logs,
  replay,
  notes,
  branches,
  ledger,
  rehearse,
  ownership,
  changes,
  bench,
  author,
];
