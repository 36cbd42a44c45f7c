/** Tells of the clock of this machine, until disposed. */
export type ClockWatch = Disposable & {
  /** Whether the clock was set since, or stood still for this process, as while a laptop sleeps. */
  readonly hasJumped: () => boolean;
};

/** Watches both clocks: systems differ in which of them goes on while they sleep. */
export function watchClocks(
  now: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): ClockWatch {
  let hasJumped = false;
  let last = { now: now(), monotonic: monotonic() };
  const look = () => {
    const present = { now: now(), monotonic: monotonic() };
    const [byClock, passed] = [present.now - last.now, present.monotonic - last.monotonic];
    if (passed > LONGEST_PAUSE_MS || Math.abs(byClock - passed) > LARGEST_STEP_MS) hasJumped = true;
    last = present;
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return {
    hasJumped() {
      look();
      return hasJumped;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

const LOOK_EVERY_MS = 250;
/** A flood of logs on a busy machine has kept this process from looking for 3 s; every deadline is longer than this. */
const LONGEST_PAUSE_MS = 10_000;
/** Clocks that are kept right by the network go a little faster or slower; they do not step as far. */
const LARGEST_STEP_MS = 2_000;
