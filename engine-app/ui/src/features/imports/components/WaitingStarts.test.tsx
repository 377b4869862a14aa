import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { stubBrowser } from '@/test/app';
import { Server, show } from '@/test/server';
import { useImport } from '../api/imports';
import { WaitingStarts } from './WaitingStarts';

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

function Starts() {
  const job = useImport(7).data;
  return job ? <WaitingStarts job={job} /> : null;
}

const figures = (waiting: number) => ({ state: 'held', perMinute: 60, waiting, started: 0, dropped: 0 });

it('shows the starts that are noted only after the import has ended, and lets them be dropped', async () => {
  const server = new Server();
  server.start();
  const job = { id: 7, status: 'done', endedAt: new Date().toISOString(), starts: figures(0) };
  server.state['/imports/7'] = job;
  show(<Starts />);
  expect((await screen.findByRole('status')).textContent).toContain('0');
  server.state['/imports/7'] = { ...job, starts: figures(500) };
  await screen.findByText(/500/, {}, { timeout: 10_000 });
  expect(screen.getByRole('button', { name: /drop/i })).toBeTruthy();
}, 30_000);

it('offers nothing for an import of yesterday of which nothing waits', async () => {
  const server = new Server();
  server.start();
  const endedAt = new Date(Date.now() - 86_400_000).toISOString();
  server.state['/imports/7'] = { id: 7, status: 'done', endedAt, starts: figures(0) };
  show(<Starts />);
  await screen.findByRole('status');
  expect(screen.queryByRole('button', { name: /drop/i })).toBeNull();
}, 30_000);
