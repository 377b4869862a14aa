import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { DraftLooksLike } from './LooksLike';

const rules = [
  { id: 2, kind: 'email', sure: true, state: 'ready' },
  { id: 3, kind: 'name', sure: false, state: 'ready' },
];
const like = (id: number, name: string) => ({
  record: { id, version: 1, values: { name } },
  rules: [2],
});

let items: ReturnType<typeof like>[];
let down: boolean;
let calls: Call[];
let values: Record<string, unknown>;

function Draft() {
  return <DraftLooksLike entity="leads" values={values} />;
}

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  down = false;
  values = { email: 'ann@x.com', city: '  ', score: null };
  items = [like(7, 'Ann Lee')];
  calls = serve(({ path }) => {
    if (path !== '/leads/duplicates/like') return undefined;
    return down ? broken() : json({ items, rules });
  });
});
afterEach(cleanup);

describe('a hint that a new record looks like others', { timeout: 20_000 }, () => {
  it('names them with the reason and a link that leaves the form open', async () => {
    showPage(Draft);
    const link = await screen.findByRole('link', { name: 'Ann Lee' });
    expect(link.getAttribute('href')).toBe('/leads/7');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(screen.getByText('Looks like another record')).toBeTruthy();
    expect(screen.getByText('Same e-mail address')).toBeTruthy();
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ values: { email: 'ann@x.com' } });
  });

  it('names three and counts the others', async () => {
    items = [1, 2, 3, 4, 5].map((id) => like(id, `Ann ${id}`));
    showPage(Draft);
    await screen.findByText('Looks like 5 other records');
    expect(screen.getAllByRole('link')).toHaveLength(3);
    expect(screen.getByText('and 2 more')).toBeTruthy();
  });

  it('says nothing when there are none, or nobody can tell', async () => {
    items = [];
    showPage(Draft);
    await waitFor(() => expect(calls.some(({ path }) => path === '/leads/duplicates/like')).toBe(true));
    expect(screen.queryByText(/Looks like/)).toBeNull();
    cleanup();
    down = true;
    showPage(Draft);
    await waitFor(() => expect(calls.length).toBeGreaterThan(1));
    expect(screen.queryByText(/Looks like/)).toBeNull();
  });

  it('asks nothing before something is typed', async () => {
    values = {};
    showPage(Draft);
    await waitFor(() => expect(document.body.textContent).toBeDefined());
    expect(calls.some(({ path }) => path === '/leads/duplicates/like')).toBe(false);
  });
});
