import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { json, serve, showPage, stubBrowser } from '@/test/app';
import { HomeScreen } from './HomeScreen';

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

it('PLT-072: whatever is opened from it stays at the address that the workspace was opened at', async () => {
  serve(({ path }) =>
    path === '/home'
      ? json({ leadsToday: 3, runsToday: 2, waiting: 1, failed: 0, tasksDue: null })
      : undefined,
  );
  showPage(HomeScreen);
  const leads = await screen.findByRole('link', { name: /Leads today|leads/i });
  await waitFor(() => expect(leads.textContent).toMatch(/3/));
  const links = screen.getAllByRole<HTMLAnchorElement>('link');
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) {
    expect(link.getAttribute('href')).toMatch(/^\/(?!\/)/);
    expect(link.target).toBe('');
  }
});
