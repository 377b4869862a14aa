import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { SharedPanel } from './SharedPanel';

const SHARE = {
  id: 1,
  user: 7,
  access: 'view',
  source: 'automation',
  status: 'completed',
  duration: { amount: 1, unit: 'hours' },
  requestedAt: '2026-01-02T03:04:05Z',
  writtenAt: '2026-01-02T03:04:05Z',
  expiresAt: '2026-01-02T04:04:05Z',
  by: { automation: 3, automationName: 'Hand over', run: 9 },
};
const RECORD = { id: 3, version: 1, values: { name: 'Roof', owner: 1 }, tags: [] };

const Panel = () => <SharedPanel record={RECORD} />;

let calls: Call[];
let items: unknown[];
let away: boolean;
let mayShare: boolean;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  items = [SHARE, { ...SHARE, id: 2, access: 'modify' }];
  away = false;
  mayShare = true;
  calls = serve(({ method, path, query, body }) => {
    if (path === '/users') {
      return json({
        items: [7, 8, 1].map((id) => ({ id, login: `u${id}`, name: `User ${id}`, active: true })),
      });
    }
    if (path !== '/opportunities/3/shares' && path !== '/opportunities/3/shares/stop') return undefined;
    if (away) return broken();
    if (method === 'POST' && path.endsWith('/stop')) {
      items = [];
      return json({ stopped: 2 });
    }
    if (method === 'POST') return json({ ...SHARE, id: 4, user: body['user'] }, 201);
    if (query.get('status') === 'failed') {
      return json({
        items: [{ ...SHARE, status: 'failed', reason: 'User 7 owns the opportunity', expiresAt: null }],
        mayShare,
      });
    }
    return json({ items, mayShare });
  });
});
afterEach(cleanup);

const asked = (method: string, path: string) =>
  calls.filter((call) => call.method === method && call.path === path);

describe('whom an opportunity is shared with', () => {
  it('shows everybody once with all that lasts, and asks before it stops', { timeout: 20_000 }, async () => {
    showPage(Panel);
    expect(await screen.findAllByText('User 7')).toHaveLength(1);
    expect(screen.getByText(/View only/)).toBeTruthy();
    expect(screen.getByText(/View and modify/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Stop sharing' }));
    const dialog = await screen.findByRole('dialog');
    expect(asked('POST', '/opportunities/3/shares/stop')).toHaveLength(0);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Stop sharing' }));
    expect(await screen.findByText('Not shared with anybody now.')).toBeTruthy();
    expect(asked('POST', '/opportunities/3/shares/stop')[0]?.body).toEqual({ user: 7 });
  });

  it('shares with somebody else than the owner for a time', { timeout: 20_000 }, async () => {
    items = [];
    showPage(Panel);
    fireEvent.click(await screen.findByRole('button', { name: 'Share this opportunity' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByLabelText(/Share with/, { selector: 'input' }));
    expect(screen.queryByRole('option', { name: 'User 1' })).toBeNull();
    fireEvent.click(await screen.findByRole('option', { name: 'User 8' }));
    fireEvent.click(within(dialog).getByRole('radio', { name: 'View and modify' }));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Share' }));
    await waitFor(() => expect(asked('POST', '/opportunities/3/shares')).toHaveLength(1));
    expect(asked('POST', '/opportunities/3/shares')[0]?.body).toEqual({
      user: 8,
      access: 'modify',
      duration: { amount: 1, unit: 'days' },
    });
  });

  it(
    'offers neither to those who may not, and says when it cannot be read',
    { timeout: 20_000 },
    async () => {
      mayShare = false;
      showPage(Panel);
      await screen.findByText('User 7');
      expect(screen.queryByRole('button', { name: 'Stop sharing' })).toBeNull();
      expect(screen.queryByRole('button', { name: 'Share this opportunity' })).toBeNull();
      cleanup();
      away = true;
      showPage(Panel);
      expect(await screen.findByText('The database is away')).toBeTruthy();
    },
  );

  it('AUT-080 to AUT-085 tells the history, narrowed by status', { timeout: 20_000 }, async () => {
    showPage(Panel);
    fireEvent.click(await screen.findByRole('button', { name: 'Share history' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findAllByText('Hand over')).toHaveLength(2);
    expect(within(dialog).getAllByText(/1 hour/)).toHaveLength(2);
    fireEvent.click(within(dialog).getByLabelText(/Status/, { selector: 'input' }));
    fireEvent.click(await screen.findByRole('option', { name: 'Failed' }));
    expect(await within(dialog).findByText('User 7 owns the opportunity')).toBeTruthy();
    expect(calls.some(({ query }) => query.get('status') === 'failed')).toBe(true);
  });
});
