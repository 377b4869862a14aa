import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BulkAction, lookAgain } from '@/api/bulkActions';
import { startI18n } from '@/lib/i18n';
import { held, json, serve, showPage, stubBrowser } from '@/test/app';
import { JobScreen } from './JobScreen';

const JOB = {
  id: 12,
  entity: 'leads',
  operation: 'start-automation',
  name: 'Welcome',
  status: 'in-progress',
  settings: { automation: 4 },
  mode: 'at-once',
  createdAt: '2026-05-10T08:00:00Z',
  createdBy: 1,
  total: 4,
  handled: 1,
  succeeded: 1,
  changed: 1,
  failed: 0,
  ratePerSecond: 1,
  undoable: false,
} as BulkAction;

let job: BulkAction;
/** The figures of the job when its records were asked for, and answers that are kept back. */
let asked: number[];
let hold: Promise<void> | undefined;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  job = JOB;
  asked = [];
  hold = undefined;
  serve(async ({ path }) => {
    if (path === '/bulk-actions/12') return json(job);
    if (path === '/automations') {
      return json({ items: [{ id: 4, key: 'w', name: 'Welcome mail', state: 'published' }] });
    }
    if (path !== '/bulk-actions/12/records') return undefined;
    const { handled } = job;
    await hold;
    asked.push(handled);
    const items = Array.from({ length: handled }, (_, index) => ({ id: index, name: `Record ${index}` }));
    return json({ items, total: handled });
  });
});
afterEach(cleanup);

const open = () => showPage(JobScreen, '/jobs/$id', '/jobs/12');

describe('a job', { timeout: 20_000 }, () => {
  it('shows its records without a break while more come, and names what was started', async () => {
    const { client } = open();
    await screen.findByRole('link', { name: 'Record 0' });
    await screen.findByText('Welcome mail');
    const answer = held();
    hold = answer.until;
    job = { ...JOB, handled: 2, succeeded: 2 };
    await client.invalidateQueries({ queryKey: ['bulk-actions', 12], exact: true });
    await screen.findByText('2 of 4', { exact: false });
    expect(screen.getByRole('link', { name: 'Record 0' })).toBeTruthy();
    answer.letGo();
    await screen.findByRole('link', { name: 'Record 1' });
    expect(asked).toEqual([1, 2]);
  });

  it('about notes leads to no pages, since notes have none', async () => {
    job = { ...JOB, entity: 'notes', status: 'complete', handled: 1 };
    open();
    await screen.findByText('Record 0');
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Record 0' })).toBeNull());
  });
});

describe('a job is looked at again', () => {
  const now = Date.parse('2026-05-10T08:00:00Z');
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();

  it('each second while it runs, and never when it has ended', () => {
    expect(lookAgain(JOB, now)).toBe(1000);
    expect(lookAgain({ ...JOB, status: 'complete' }, now)).toBe(false);
    expect(lookAgain(undefined, now)).toBe(false);
  });

  it('at its time while it waits, and now and again until then', () => {
    expect(lookAgain({ ...JOB, nextAt: at(3) }, now)).toBe(15_000);
    expect(lookAgain({ ...JOB, nextAt: at(60) }, now)).toBe(60_000);
    expect(lookAgain({ ...JOB, nextAt: at(3 * 86_400) }, now)).toBe(300_000);
  });
});
