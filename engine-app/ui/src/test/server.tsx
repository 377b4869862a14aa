import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';

/** What was sent to the server to change something. */
export interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

export function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

/** How the server refuses a write that stands on an old version. */
export function outdated(): Response {
  return answer(409, {
    title: 'Conflict',
    status: 409,
    detail: 'Somebody else changed it meanwhile',
    violations: [{ field: 'version', value: '1', expectation: 'the present version 2' }],
  });
}

/** A server for tests of pages, in place of fetch: an administrator is signed in, and no write is taken. */
export class Server {
  /** What it holds, by path. */
  state: Record<string, unknown> = {
    '/session': { user: { id: 1, login: 'admin', name: 'Admin', roles: ['crm_admin'] } },
    '/session/rights': { everything: true, sections: {}, fields: {} },
    '/users': { items: [] },
    '/roles': [],
    '/teams': { items: [] },
  };
  /** The paths that cannot be read at the moment. */
  broken = new Set<string>();
  sent: Sent[] = [];
  writes: (sent: Sent) => Response = outdated;

  start(): void {
    vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
      const path = new URL(address, 'http://localhost').pathname.replace('/api/v1', '');
      const method = init?.method ?? 'GET';
      if (method === 'GET') {
        return this.broken.has(path)
          ? answer(500, { title: 'Broken', status: 500, detail: 'The database is away' })
          : answer(200, this.state[path] ?? {});
      }
      const sent = { method, path, body: JSON.parse(String(init?.body)) as Sent['body'] };
      this.sent.push(sent);
      return this.writes(sent);
    });
  }
}

/** What pages ask a browser for, and jsdom has not. */
export function stubBrowser(): void {
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
    configurable: true,
  });
}

/** Shows a page of the application. */
export function show(page: ReactNode): QueryClient {
  const router = createRouter({
    routeTree: createRootRoute({ component: () => page }),
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
