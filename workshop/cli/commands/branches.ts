import { benchPlace } from '../../bench/bench-place.ts';
import { type BuiltBranches, buildBranches } from '../../branches/build-branches.ts';
import type { PointedBranch } from '../../branches/point-branches.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

/** `npm run branches`: the stages as branches. */
export const branches: WorkshopCommand = (declare, run) => {
  declare('branches', 'build a branch for the start and the solution of every stage')
    .option('--from <commit>', 'what to build them from', 'main')
    .action(run(build));
};

async function build(surroundings: Surroundings, { from }: { readonly from: string }): Promise<number> {
  const { root, signal, note } = surroundings;
  note(`… building the branches from ${from}`);
  const built = await buildBranches({ ...benchPlace(root), from, signal });
  return tell(surroundings, built);
}

function tell({ print }: Pick<Surroundings, 'print'>, { source, branches: all }: BuiltBranches): number {
  const widest = Math.max(...all.map(({ name }) => name.length));
  for (const { name, commit, outcome } of all) {
    print(`${name.padEnd(widest)}  ${commit.slice(0, 10)}  ${OUTCOMES[outcome]}`);
  }
  const left = all.filter(isLeft);
  print(`\n${all.length} branches of ${source.name} (${source.id.slice(0, 10)}), each on the one before.`);
  for (const branch of left) print(wayOut(branch));
  return left.length > 0 ? 1 : 0;
}

function isLeft({ outcome }: PointedBranch): boolean {
  return outcome === 'has-own-commits' || outcome === 'is-checked-out';
}

function wayOut({ name, outcome }: PointedBranch): string {
  if (outcome === 'is-checked-out') {
    return `\`${name}\` is checked out, so it was left as it is: \`git checkout main\`, then once more.`;
  }
  return `\`${name}\` has commits of its own, so it was left as it is. Keep them by \`git branch -m ${name} my/${name}\`, then once more.`;
}

const OUTCOMES: Readonly<Record<PointedBranch['outcome'], string>> = {
  made: 'made',
  renewed: 'renewed',
  same: 'as it was',
  'has-own-commits': 'left: it has commits of its own',
  'is-checked-out': 'left: it is checked out',
};
