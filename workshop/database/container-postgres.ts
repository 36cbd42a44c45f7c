import { UsageError } from '../stages/usage-error.ts';

/** A Postgres in a container of this process's own. */
export type ContainerPostgres = { readonly url: string; readonly stop: () => Promise<void> };

/** Starts the pinned image by Testcontainers, which removes it also when this process is killed. */
export async function startContainerPostgres(onProgress: (message: string) => void): Promise<ContainerPostgres> {
  onProgress(`starting a container of ${image}`);
  // Half a second to load, and only few need it.
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  try {
    const container = await new PostgreSqlContainer(image).withCommand(command).start();
    return { url: container.getConnectionUri(), stop: async () => void (await container.stop()) };
  } catch (cause) {
    throw new UsageError(
      `The container of \`${image}\` did not start: ${(cause as Error).message}. ` +
        'Is Docker running? Without it, unset WORKSHOP_DB, and the Postgres that came with the install is used.',
      { cause },
    );
  }
}

/** The same as Compose's, so that one download does for both. */
const image = 'postgres:18.4-alpine';
const command = [
  'postgres',
  ...[
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'autovacuum=off',
    'jit=off',
    'max_connections=200',
  ].flatMap((setting) => ['-c', setting]),
];
