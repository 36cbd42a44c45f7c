import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { pick, type Random, seededRandom } from './seeded-random.ts';

/** Who comes to the storefront, and how many. */
export type Traffic = {
  readonly requests: number;
  readonly seed: number;
  /** A tenant that comes more often than usually, with its share of the requests. */
  readonly tenant?: { readonly name: string; readonly share: number } | undefined;
};

/** What one visitor of the storefront asked for and got. */
export type Visit = {
  readonly skein: string;
  readonly tenant: string;
  readonly status: number;
  /** The services that had a part in the answer. */
  readonly told: readonly string[];
  readonly durationMs: number;
};

/** Where visitors come in, and from whom, most of them from Purl itself. */
export type Entrance = { readonly urlOf: (skein: string) => string; readonly tenants: readonly string[] };

/** Sends requests, a few at a time, and waits for all answers, whatever they are. */
export async function driveChain(
  { urlOf, tenants }: Entrance,
  { requests, ...traffic }: Traffic,
  signal: AbortSignal,
): Promise<readonly Visit[]> {
  const random = seededRandom(traffic.seed);
  const agent = new Agent({ keepAlive: true });
  const waiting = Array.from({ length: requests }, (_, i) => ({
    skein: `${pick(random, YARNS)}-${traffic.seed}-${i}`,
    tenant: drawTenant(tenants, traffic, random),
  }));
  const visits: Visit[] = [];
  const visit = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const startedAt = performance.now();
      const answer = await send(urlOf(next.skein), { 'x-tenant': next.tenant }, agent, signal);
      visits.push({ ...next, ...answer, durationMs: performance.now() - startedAt });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, visit));
    return visits;
  } finally {
    agent.destroy();
  }
}

/** Most come from Purl itself, some from each of those whose requests are dear somewhere. */
function drawTenant(tenants: readonly string[], { tenant }: Pick<Traffic, 'tenant'>, random: Random): string {
  if (tenant && random() < tenant.share) return tenant.name;
  return random() < OTHERS ? pick(random, tenants) : 'purl';
}

/** `node:http` and not `fetch`: two cores are shared with a dozen services. */
function send(
  url: string,
  headers: Record<string, string>,
  agent: Agent,
  signal: AbortSignal,
): Promise<Pick<Visit, 'status' | 'told'>> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent, signal }, async (response) => {
      try {
        const body = await text(response);
        resolve({ status: response.statusCode ?? 0, told: keysOf(body) });
      } catch (error) {
        reject(error);
      }
    });
    request.once('error', reject);
  });
}

function keysOf(body: string): readonly string[] {
  try {
    return Object.keys(JSON.parse(body));
  } catch {
    return [];
  }
}

const YARNS = ['merino-drop', 'sock-fog', 'lace-dawn', 'tweed-moor'];
/** The share of those tenants together. */
const OTHERS = 0.3;
const AT_ONCE = 3;
