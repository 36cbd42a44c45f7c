// Loaded before payments' own code on a night when the gateway is slow. The gateway's simulator answers by timers of
// 60 and 140 ms; here they all end at one moment, 5 s after the first of them began.
const GATEWAY_MS = new Set([60, 140]);
const SLOW_MS = 5_000;

if (/[/\\]payments[/\\]main\.[cm]?[jt]s$/.test(process.argv[1] ?? '')) {
  const setTimer = globalThis.setTimeout;
  let backAt = Number.POSITIVE_INFINITY;
  /** @type {(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => NodeJS.Timeout} */
  const setLateTimer = (callback, ms = 0, ...args) => {
    if (!GATEWAY_MS.has(ms)) return setTimer(callback, ms, ...args);
    backAt = Math.min(backAt, performance.now() + SLOW_MS);
    return setTimer(callback, Math.max(ms, backAt - performance.now()), ...args);
  };
  globalThis.setTimeout = Object.assign(setLateTimer, setTimer);
}
