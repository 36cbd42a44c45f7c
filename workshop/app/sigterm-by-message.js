// Loaded before the app where a system has no SIGTERM: the runner's message becomes the event that the app listens for.
process.on('message', (message) => {
  if (message !== 'SIGTERM') return;
  // @ts-expect-error: the types leave out the number, which Node itself gives.
  if (process.listenerCount('SIGTERM') > 0) process.emit('SIGTERM', 'SIGTERM', 15);
  else process.exit(143);
});
// Listening for messages must not keep a process running that has nothing else to do.
process.channel?.unref();
