import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that run the app again and again come first, so that no core idles at the end. */
const LONGEST = ['stages-submissions', 'stages-repeat', 'stages-steps', 'stages-', 'learner-', 'workshop-is-killed'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.includes(`/workshop/test/${name}`));
      return index < 0 ? LONGEST.length : index;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['{packages,workshop,exercises}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/*.containers.test.ts', '**/*.browser.test.ts'],
    // Most tests wait for processes more than they compute: two files at once keep two cores busy.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No test changes what another one imports, and what one sets in the environment is taken back.
    isolate: false,
    unstubEnvs: true,
    sequence: { sequencer: LongestFirst },
    // The shop gives up on a call after two seconds: a machine that stands still for so long is no mistake, unless it does twice.
    retry: 1,
    // Whoever verifies runs two states at a time: more tests would only wait for their turn, and their time run out.
    maxConcurrency: 3,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
