import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { stubBrowser } from '@/test/app';
import { Server, show } from '@/test/server';
import { CalendarChoice } from './CalendarChoice';

const PATH = '/profile/calendars';

const calendar = (id: number, name: string, more: object = {}) => ({
  id,
  provider: 'google',
  account: 'me@example.com',
  name,
  writable: true,
  conflict: false,
  primary: false,
  ...more,
});

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

it('SET-046: points to the accounts as long as none with calendars is connected', async () => {
  const server = new Server();
  server.start();
  server.state[PATH] = { connected: false, calendars: [], untold: {}, version: 0 };
  show(<CalendarChoice />);
  expect(await screen.findByText('No calendar account yet')).toBeTruthy();
  expect(screen.getByText(/Connect Google or Microsoft above/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Look again' })).toBeNull();
});

it('SET-045: chooses conflict calendars and one primary, upon what was read', async () => {
  const server = new Server();
  server.start();
  const before = {
    connected: true,
    calendars: [
      calendar(1, 'Own', { conflict: true, primary: true }),
      calendar(2, 'Team'),
      calendar(3, 'Holidays', { writable: false }),
    ],
    untold: { microsoft: 'Microsoft does not answer' },
    version: 4,
  };
  server.state[PATH] = before;
  show(<CalendarChoice />);
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Team blocks my time' }));
  expect(screen.getByText('Microsoft does not answer')).toBeTruthy();
  expect(
    screen.getByRole<HTMLInputElement>('radio', { name: 'Write appointments to Holidays' }).disabled,
  ).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: 'Write appointments to Team' }));
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  const again = await screen.findByRole('button', { name: 'Load again' });
  expect(server.sent).toEqual([
    { method: 'PUT', path: PATH, body: { primary: 2, conflicts: [1, 2], version: 4 } },
  ]);
  server.state[PATH] = { ...before, version: 5 };
  fireEvent.click(again);
  const own = await screen.findByRole('radio', { name: 'Write appointments to Own' });
  await expect
    .poll(() => (own.isConnected ? own : screen.getByRole('radio', { name: 'Write appointments to Own' })))
    .toHaveProperty('checked', true);
});
