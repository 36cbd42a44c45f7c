/** A queue that many push to and one takes from, in order. */
export type EventQueue<Event> = {
  readonly push: (event: Event) => void;
  /** The next event, as soon as there is one. */
  readonly take: () => Promise<Event>;
};

/** Makes an empty queue. */
export function createEventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let wanted: ((event: Event) => void) | undefined;
  return {
    push(event) {
      if (!wanted) return void waiting.push(event);
      const give = wanted;
      wanted = undefined;
      give(event);
    },
    take() {
      const event = waiting.shift();
      if (event !== undefined) return Promise.resolve(event);
      return new Promise((resolve) => {
        wanted = resolve;
      });
    },
  };
}
