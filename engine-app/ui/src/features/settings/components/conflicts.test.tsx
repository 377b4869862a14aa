import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ComponentType } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { TeamsPage } from '../staff/GroupsPage';
import { AuthenticationProfilesPage } from './AuthenticationProfilesPage';
import { FeaturesPage } from './FeaturesPage';
import { SingleSignOnPage } from './SingleSignOnPage';

/** What the server holds, by path; a write of an old version is refused. */
let state: Record<string, unknown>;
let sent: { path: string; body: { version?: number } }[];

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  window.scrollTo = () => undefined;
  Object.defineProperty(document, 'fonts', {
    value: { addEventListener: () => undefined, removeEventListener: () => undefined },
  });
  await startI18n();
});

beforeEach(() => {
  sent = [];
  state = {
    '/session': { user: { id: 1, login: 'admin', name: 'Admin', roles: ['crm_admin'] } },
    '/session/rights': { everything: true, sections: {}, fields: {} },
    '/users': { items: [] },
    '/roles': [],
  };
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    const path = new URL(address, 'http://localhost').pathname.replace('/api/v1', '');
    if (!init?.method || init.method === 'GET') return answer(200, state[path] ?? {});
    sent.push({ path, body: JSON.parse(String(init.body)) as { version?: number } });
    return answer(409, {
      title: 'Conflict',
      status: 409,
      detail: 'Somebody else changed it meanwhile',
      violations: [{ field: 'version', value: '1', expectation: 'the present version 2' }],
    });
  });
});
afterEach(cleanup);

function show(Page: ComponentType) {
  const router = createRouter({
    routeTree: createRootRoute({ component: () => <Page /> }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return client;
}

const type = (text: string) =>
  fireEvent.change(within(screen.getByRole('dialog')).getByLabelText(/^Name/), { target: { value: text } });
const nameTyped = () => within(screen.getByRole('dialog')).getByLabelText<HTMLInputElement>(/^Name/).value;

/** Saves, is told of the other's change, and loads that. */
async function savedAndLoadedAgain() {
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  const again = await screen.findByRole('button', { name: 'Load again' });
  expect(screen.getByRole('alert').textContent).toContain('Somebody else changed it meanwhile');
  expect(sent.at(-1)?.body.version).toBe(1);
  fireEvent.click(again);
}

// Large forms take their time on a busy machine.
describe('a form whose record somebody else has changed meanwhile', { timeout: 30_000 }, () => {
  it('of a team says so and begins anew', async () => {
    const team = { id: 7, name: 'West', members: [], version: 1 };
    state['/teams'] = { items: [team] };
    show(TeamsPage);
    fireEvent.click(await screen.findByRole('button', { name: 'West' }));
    type('Mine');
    state['/teams'] = { items: [{ ...team, name: 'Theirs', version: 2 }] };
    await savedAndLoadedAgain();
    await waitFor(() => expect(nameTyped()).toBe('Theirs'));
  });

  it('of an authentication profile says so and begins anew', async () => {
    const profile = {
      id: 7,
      name: 'West',
      description: '',
      secondFactor: false,
      mobileRedirect: false,
      members: [],
      version: 1,
    };
    const page = (one: object) => ({ items: [one], mobile: false });
    state['/authentication-profiles'] = page(profile);
    show(AuthenticationProfilesPage);
    fireEvent.click(await screen.findByRole('button', { name: 'West' }));
    type('Mine');
    state['/authentication-profiles'] = page({ ...profile, name: 'Theirs', version: 2 });
    await savedAndLoadedAgain();
    await waitFor(() => expect(nameTyped()).toBe('Theirs'));
  });

  it('of a provider is refused by the version that was read, also when the list was read again', async () => {
    const provider = {
      id: 7,
      name: 'West',
      issuer: 'https://login.example.com',
      clientId: 'x',
      scopes: ['openid'],
      domains: [],
      newcomers: null,
      signOut: false,
      active: true,
      people: 0,
      version: 1,
    };
    const page = (one: object) => ({ items: [one], callback: '/c/', signedOut: '/sign-in' });
    state['/settings/single-sign-on'] = page(provider);
    const client = show(SingleSignOnPage);
    fireEvent.click(await screen.findByRole('button', { name: 'West' }));
    type('Mine');
    state['/settings/single-sign-on'] = page({ ...provider, name: 'Theirs', version: 2 });
    await client.refetchQueries({ queryKey: ['single-sign-on'] });
    await savedAndLoadedAgain();
    await waitFor(() => expect(nameTyped()).toBe('Theirs'));
  });

  it('of the features keeps what is chosen until it is loaded again', async () => {
    state['/features'] = { features: { imports: true, starts: true, mailbox: true }, version: 1 };
    const client = show(FeaturesPage);
    const [first] = await screen.findAllByRole<HTMLInputElement>('switch');
    fireEvent.click(first as HTMLElement);
    state['/features'] = { features: { imports: true, starts: false, mailbox: true }, version: 2 };
    await client.refetchQueries({ queryKey: ['features'] });
    expect(screen.getAllByRole<HTMLInputElement>('switch')[0]?.checked).toBe(false);
    await savedAndLoadedAgain();
    await waitFor(() =>
      expect(screen.getAllByRole<HTMLInputElement>('switch').map((each) => each.checked)).toEqual([
        true,
        false,
        true,
      ]),
    );
  });
});
