import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { json, serve, showPage, stubBrowser } from '@/test/app';
import { SettingsHome } from './SettingsHome';

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

const titles = () => screen.getAllByRole('link').map((link) => link.textContent);

it('finds settings by their names and by what they are about', async () => {
  serve(() => undefined);
  showPage(SettingsHome);
  const search = await screen.findByRole('searchbox', { name: 'Search the settings' });
  await waitFor(() => expect(titles().join()).toMatch(/Single sign-on/));
  fireEvent.change(search, { target: { value: 'SECOND factor' } });
  expect(titles()).toEqual([expect.stringMatching(/^Authentication profiles/)]);
  fireEvent.change(search, { target: { value: 'no such thing' } });
  expect(screen.getByText('No setting is like “no such thing”')).toBeDefined();
});

it('shows nobody a page that is closed to them', async () => {
  serve((call) => {
    if (call.path === '/session') {
      return json({ user: { id: 2, login: 'sales', name: 'Sales', roles: ['crm_sales'] } });
    }
    return call.path === '/session/rights'
      ? json({ everything: false, sections: { schema: { view: 'all' } }, fields: {} })
      : undefined;
  });
  showPage(SettingsHome);
  await waitFor(() => expect(titles().join()).not.toMatch(/Mail server/));
  expect(titles().join()).not.toMatch(/Single sign-on|Audit trail|Business info/);
  expect(titles().join()).toMatch(/Fields.*Activity types/);
});

it('PLT-078: ends with signing out on a phone', async () => {
  const calls = serve((call) => (call.method === 'DELETE' ? new Response(null, { status: 204 }) : undefined));
  showPage(SettingsHome);
  const out = await screen.findByRole('button', { name: 'Sign out' });
  expect(out.className).toMatch(/hiddenFrom|hidden-from/i);
  expect(screen.getAllByRole('button').at(-1)).toBe(out);
  fireEvent.click(out);
  await waitFor(() => expect(calls.some((c) => c.method === 'DELETE' && c.path === '/session')).toBe(true));
});
