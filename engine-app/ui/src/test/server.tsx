import type { QueryClient } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { broken, json, shown, USUAL } from './app';

/** What was sent to the server to change something. */
export interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** How the server refuses a write that stands on an old version. */
export function outdated(): Response {
  return json(
    {
      title: 'Conflict',
      status: 409,
      detail: 'Somebody else changed it meanwhile',
      violations: [{ field: 'version', value: '1', expectation: 'the present version 2' }],
    },
    409,
  );
}

/** A server for tests of pages, in place of fetch: an administrator is signed in, and no write is taken. */
export class Server {
  /** What it holds, by path. */
  state: Record<string, unknown> = {
    ...USUAL,
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
        return this.broken.has(path) ? broken() : json(this.state[path] ?? {});
      }
      const sent = { method, path, body: JSON.parse(String(init?.body)) as Sent['body'] };
      this.sent.push(sent);
      return this.writes(sent);
    });
  }
}

/** Shows a page of the application. */
export function show(page: ReactNode): QueryClient {
  const router = createRouter({
    routeTree: createRootRoute({ component: () => page }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  return shown(<RouterProvider router={router} />);
}
