import type { Stage } from '../stages/list-stages.ts';
import { UsageError } from '../stages/usage-error.ts';
import { TRACKS, type Track, type TrackStop } from './tracks.ts';

/** The track that a user means; `self` is every stage there is, in its own minutes. */
export function findTrack(stages: readonly Stage[], wanted: string | undefined): Track {
  const tracks = [...TRACKS, selfPaced(stages)];
  const track = tracks.find(({ key }) => key === wanted);
  if (track) return track;
  const listed = tracks.map(({ key, title }) => `  npm run rehearse -- ${key.padEnd(10)} ${title}`).join('\n');
  const what = wanted === undefined ? 'Which track?' : `There is no track "${wanted}".`;
  throw new UsageError(`${what} These are the tracks:\n${listed}`);
}

/** Every stage there is, typed where there is code to type, in the minutes that it says of itself. */
export function selfPaced(stages: readonly Stage[]): Track {
  const stops = stages.map(
    ({ slug, definition }): TrackStop => ({
      stage: slug,
      minutes: definition.minutes,
      how: definition.processes.length === 0 ? 'told' : 'typed',
    }),
  );
  return {
    key: 'self',
    title: 'At your own pace',
    mostLines: undefined,
    stops,
    ending: { minutes: 0, what: '' },
  };
}
