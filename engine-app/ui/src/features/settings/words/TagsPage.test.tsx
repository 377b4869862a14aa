import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { json, serve, showPage, stubBrowser } from '@/test/app';
import { TagsPage } from './TagsPage';

const TAG = {
  id: 7,
  name: 'Vip',
  createdAt: '2026-05-10T08:00:00Z',
  updatedAt: '2026-05-11T08:00:00Z',
};

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

it('SET-132, SET-133: says what has and uses a tag before it is deleted', async () => {
  const calls = serve(({ method, path }) => {
    if (path === '/tags/7/usage') {
      return json({
        records: { leads: 12, contacts: 1 },
        uses: [{ kind: 'automation', id: 3, name: 'Greet' }],
      });
    }
    if (method === 'DELETE') return new Response(null, { status: 204 });
    return path === '/tags' ? json({ items: [TAG], next: null, total: 1 }) : undefined;
  });
  showPage(TagsPage);
  fireEvent.click(await screen.findByRole('button', { name: 'Menu of Vip' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  expect(await screen.findByText('It disappears from 13 records; the records stay.')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Greet' }).getAttribute('href')).toContain('/automations/3');
  fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(calls.some((c) => c.method === 'DELETE' && c.path === '/tags/7')).toBe(true));
});
