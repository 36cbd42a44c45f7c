const jobs: (() => void)[] = [];

/** Does a job a little later, in no context: the mistake that the README shows. */
export function later(job: () => void): void {
  jobs.push(job);
}

setInterval(() => {
  for (const job of jobs.splice(0)) job();
}, 5);
