import { database } from './database.js';
import { disk } from './disk.js';
import { docker } from './docker.js';
import { git } from './git.js';
import { leftovers } from './leftovers.js';
import { lineEndings } from './line-endings.js';
import { loopback } from './loopback.js';
import { memory } from './memory.js';
import { node } from './node.js';
import { npm } from './npm.js';
import { packages } from './packages.js';
import { platform } from './platform.js';
import { processStart } from './process-start.js';

/** Everything that the doctor looks at, what others rest on first. */
export const EXAMINATIONS = [
  node,
  npm,
  platform,
  disk,
  memory,
  packages,
  loopback,
  processStart,
  lineEndings,
  git,
  docker,
  leftovers,
  database,
];
