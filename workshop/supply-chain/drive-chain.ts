import { Agent, get } from 'node:http';
import { pick, type Random, seededRandom } from './seeded-random.ts';
import { type ChainService, ENTRY } from './topology.ts';

/** Who comes to the storefront, and how many. */
export type Traffic = {
  readonly requests: number;
  readonly seed: number;
  /** A tenant that comes more often than usually, with its share of the requests. */
  readonly tenant?: { readonly name: string; readonly share: number } | undefined;
};

/** Sends requests to the storefront, a few at a time, and waits for all answers, whatever they are. */
export async function driveChain(
  urls: Readonly<Record<string, string>>,
  chain: readonly ChainService[],
  { requests, ...traffic }: Traffic,
  signal: AbortSignal,
): Promise<void> {
  const random = seededRandom(traffic.seed);
  const agent = new Agent({ keepAlive: true });
  const waiting = Array.from({ length: requests }, (_, i) => ({
    path: chain[0]?.serves.replace(':skein', `${pick(random, YARNS)}-${traffic.seed}-${i}`) ?? '/',
    tenant: drawTenant(chain, traffic, random),
  }));
  const visit = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      await send(`${urls[ENTRY]}${next.path}`, { 'x-tenant': next.tenant }, agent, signal);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, visit));
  } finally {
    agent.destroy();
  }
}

/** Most come from Purl itself, some from each of those whose requests are dear somewhere. */
function drawTenant(chain: readonly ChainService[], { tenant }: Pick<Traffic, 'tenant'>, random: Random): string {
  if (tenant && random() < tenant.share) return tenant.name;
  return random() < OTHERS ? pick(random, chain).dearTenant : 'purl';
}

/** `node:http` and not `fetch`: two cores are shared with a dozen services. */
function send(url: string, headers: Record<string, string>, agent: Agent, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent, signal }, (response) => {
      response.resume().once('end', resolve).once('error', reject);
    });
    request.once('error', reject);
  });
}

const YARNS = ['merino-drop', 'sock-fog', 'lace-dawn', 'tweed-moor'];
/** The share of those tenants together. */
const OTHERS = 0.3;
const AT_ONCE = 3;
