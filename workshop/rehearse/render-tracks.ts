import { findStage } from '../stages/find-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import { selfPaced } from './find-track.ts';
import { minutesOf, TRACKS, type Track } from './tracks.ts';

/** The tracks as tables of a page. */
export function renderTracks(stages: readonly Stage[]): string {
  return [...TRACKS, selfPaced(stages)].map((track) => renderTrack(track, stages)).join('\n\n');
}

function renderTrack(track: Track, stages: readonly Stage[]): string {
  const { key, title, stops, ending, mostLines } = track;
  const rows = stops.map(({ stage: slug, minutes, how }) => {
    const { name } = findStage(stages, slug);
    return `| [${name.replace('-', ' ')}](exercises/${name}/README.md) | ${minutes} | ${HOW[how]} |`;
  });
  const last = ending.minutes > 0 ? [`| | ${ending.minutes} | ${ending.what} |`] : [];
  const limit = mostLines === undefined ? '' : `, at most ${mostLines} lines typed`;
  return [
    `### ${title}`,
    `${minutesOf(track)} minutes${limit}. \`npm run rehearse -- ${key}\` walks it.`,
    '',
    '| stage | minutes | how |',
    '|---|---|---|',
    ...rows,
    ...last,
  ].join('\n');
}

const HOW = {
  told: 'no code, by voting',
  typed: 'typed, step by step',
  shown: '`npm run solve`, and read the picture',
} as const;
