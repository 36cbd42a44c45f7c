interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts?: unknown;
}

/** The package.json that is published: the entry points are what was compiled, where the workspace has their source. */
export function publishedManifest({ scripts, ...manifest }: Manifest): object {
  const exports = mapValues(manifest.exports, (source) => ({
    types: toDist(source, 'd.ts'),
    default: toDist(source, 'js'),
  }));
  return { ...manifest, exports, bin: mapValues(manifest.bin, (source) => toDist(source, 'js')) };
}

function toDist(source: string, extension: string): string {
  return source.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, `.${extension}`);
}

function mapValues<T>(
  record: Readonly<Record<string, string>>,
  map: (value: string) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
