/** Writes one after the other; what is asked for during a write is one more write, however often it was asked. */
export type Keeping = { readonly ask: () => void; readonly finish: () => Promise<void> };

/** Makes a function that writes something large into one that may be asked at any time. */
export function createKeeping(write: () => Promise<void>): Keeping {
  let writing: Promise<void> | undefined;
  let isAsked = false;
  const run = async () => {
    while (isAsked) {
      isAsked = false;
      await write();
    }
    writing = undefined;
  };
  return {
    ask() {
      isAsked = true;
      writing ??= run();
      // Whoever finishes hears of a failure.
      writing.catch(() => {});
    },
    finish: async () => writing,
  };
}
