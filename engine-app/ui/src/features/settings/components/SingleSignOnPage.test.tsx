import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, json, serve, showPage, stubBrowser } from '@/test/app';
import { SingleSignOnPage } from './SingleSignOnPage';

const PROVIDER = {
  id: 7,
  version: 1,
  name: 'Acme',
  issuer: 'https://login.acme.example',
  clientId: 'leadloom',
  scopes: ['openid'],
  domains: [],
  newcomers: null,
  signOut: false,
  active: true,
  people: 0,
};

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

it('keeps what is typed when the provider cannot be read again', { timeout: 20_000 }, async () => {
  let down = false;
  const calls = serve(({ method, path }) => {
    if (!path.startsWith('/settings/single-sign-on') && !path.includes('sign-on')) return undefined;
    if (method !== 'GET') {
      const violations = [{ field: 'version', value: '1', expectation: 'the present version 2' }];
      return json({ title: 'Conflict', status: 409, detail: 'Changed meanwhile', violations }, 409);
    }
    return down ? broken() : json({ items: [PROVIDER], callback: '/in/', signedOut: '/out' });
  });
  showPage(SingleSignOnPage);
  fireEvent.click(await screen.findByRole('button', { name: 'Acme' }));
  const name = () => screen.getByLabelText<HTMLInputElement>(/^Name/);
  fireEvent.change(name(), { target: { value: 'Acme and sons' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  const again = await screen.findByRole('button', { name: 'Load again' });
  down = true;
  const before = calls.length;
  fireEvent.click(again);
  await waitFor(() => expect(calls.length).toBeGreaterThan(before));
  await screen.findByText('The database is away');
  expect(name().value).toBe('Acme and sons');
});
