import path from 'node:path';

// shop/main.ts -> shop
const service = path.basename(path.dirname(process.argv[1] || 'purl/x'));

function write(level, message) {
  const time = new Date().toISOString().slice(11, 23);
  process.stdout.write(time + ' ' + level + ' ' + service + ' ' + message + '\n');
}

export const log = {
  info: (message) => write('INFO', message),
  warn: (message) => write('WARN', message),
  error: (message) => write('ERROR', message),
};
