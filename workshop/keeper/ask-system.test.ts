import { expect, test, vi } from 'vitest';
import { askSystem, commandQuestion, startQuestion } from './ask-system.ts';

test('a laptop that was carried to another time zone still knows its own processes', async () => {
  const question = startQuestion(process.pid);
  vi.stubEnv('TZ', 'Europe/Berlin');
  const here = await askSystem(question);
  vi.stubEnv('TZ', 'Asia/Tokyo');
  const there = await askSystem(question);
  vi.unstubAllEnvs();
  expect(here).not.toBe('');
  expect(there).toBe(here);
});

test('says nothing of a process that is not there', async () => {
  expect(await askSystem(startQuestion(2 ** 22 + 7))).toBe('');
});

test('asks Windows in its own way, by the time of the world', () => {
  expect(startQuestion(7, 'win32').at(-1)).toBe('(Get-Process -Id 7).StartTime.ToUniversalTime().Ticks');
  expect(commandQuestion(7, 'win32').at(-1)).toBe('(Get-CimInstance Win32_Process -Filter ProcessId=7).CommandLine');
});
