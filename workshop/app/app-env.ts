import { delimiter, dirname } from 'node:path';
import { signalEnv } from './signals.ts';

/** Environment variables by name. */
export type Env = Readonly<Record<string, string>>;

/** What the environment of an app's processes is made of. */
export type AppSurroundings = {
  readonly baseEnv: Env;
  readonly nodePath: string;
  readonly databaseUrl: string;
  readonly otlpEndpoint: string;
  readonly compileCacheDir: string;
  /** The port of every entry of the Procfile, also of those that are not started. */
  readonly ports: ReadonlyMap<string, number>;
};

/** The environment that one process of the app gets from us; what its Procfile line or the caller sets goes on top. */
export function envOf(name: string, surroundings: AppSurroundings): Env {
  const { baseEnv, nodePath, databaseUrl, otlpEndpoint, compileCacheDir, ports } = surroundings;
  return {
    ...withNodeFirst(baseEnv, nodePath),
    ...urlVariables(ports),
    PORT: String(ports.get(name)),
    DATABASE_URL: databaseUrl,
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint,
    // The SDK exports them all by default, and probes the network for the cloud that it may run in.
    ...signalEnv(['traces']),
    OTEL_NODE_RESOURCE_DETECTORS: 'env',
    NODE_COMPILE_CACHE: compileCacheDir,
  };
}

/** Where each process is, by the name of its Procfile entry. */
export function urlsOf(ports: ReadonlyMap<string, number>): Readonly<Record<string, string>> {
  return Object.fromEntries([...ports].map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
}

function urlVariables(ports: ReadonlyMap<string, number>): Env {
  const urls = Object.entries(urlsOf(ports));
  return Object.fromEntries(urls.map(([name, url]) => [`${name.toUpperCase().replaceAll('-', '_')}_URL`, url]));
}

function withNodeFirst(baseEnv: Env, nodePath: string): Env {
  // Windows calls it Path, and two spellings at once are one too many.
  const name = Object.keys(baseEnv).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const before = baseEnv[name] ? delimiter + baseEnv[name] : '';
  return { ...baseEnv, [name]: dirname(nodePath) + before };
}
