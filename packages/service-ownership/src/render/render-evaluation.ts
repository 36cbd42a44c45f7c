import type { Accuracy } from '../evaluate/accuracy.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';

/** The accuracy in all cases, by type of fault and of the plain rules, and the cases that were not at once right. */
export function renderEvaluation({ perFaultType, baselines, ranks, ...all }: Evaluation): string {
  const missed = ranks.filter(({ rank }) => rank !== 1);
  return [
    `  ${'cases'.padStart(NAME + 7)}  AC@1   AC@3   AC@5   Avg@5`,
    line('what changed', all),
    ...Object.entries(perFaultType).map(([name, accuracy]) => line(`  ${name}`, accuracy)),
    '',
    ...Object.entries(baselines).map(([name, accuracy]) => line(name, accuracy)),
    '',
    missed.length === 0 ? '  The right service came first every time.' : '  Not at once right:',
    ...missed.map(({ window, rootCauseService, rank, suspects }) => {
      const stood = rank === undefined ? 'not suspected' : `rank ${rank}`;
      return `  ${window}: ${rootCauseService}, ${stood}; suspected ${suspects.slice(0, 3).join(', ') || 'nobody'}`;
    }),
  ].join('\n');
}

function line(name: string, accuracy: Accuracy): string {
  const shares = [accuracy['AC@1'], accuracy['AC@3'], accuracy['AC@5'], accuracy['Avg@5']];
  return `  ${name.padEnd(NAME)}${String(accuracy.cases).padStart(7)}  ${shares.map((share) => share.toFixed(3)).join('  ')}`;
}

const NAME = 26;
