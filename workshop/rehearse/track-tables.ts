import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rewriteSection } from '../ledger/rewrite-section.ts';
import type { Stage } from '../stages/list-stages.ts';
import { renderTracks } from './render-tracks.ts';

/** Writes the tables of the tracks into the learner's guide. @returns the file written */
export async function writeTrackTables(root: string, stages: readonly Stage[]): Promise<string> {
  const page = await readFile(join(root, PAGE), 'utf8');
  await writeFile(join(root, PAGE), rewriteSection(page, 'tracks', renderTracks(stages)));
  return PAGE;
}

const PAGE = 'WORKSHOP.md';
