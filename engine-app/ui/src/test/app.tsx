import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ComponentType, ReactNode } from 'react';
import { vi } from 'vitest';
import { Toaster } from '@/components/Toaster';

/** A call as it came to the server. */
export interface Call {
  method: string;
  /** Without /api/v1 and the query. */
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  headers: Record<string, string>;
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

export function broken(): Response {
  return json({ title: 'Broken', status: 500, detail: 'The database is away' }, 500);
}

/** What every page asks for: an administrator is signed in, alone, with nothing made yet. */
export const USUAL: Record<string, unknown> = {
  '/session': { user: { id: 1, login: 'admin', name: 'Admin', roles: ['crm_admin'] } },
  '/session/rights': { everything: true, sections: {}, fields: {} },
  '/users': { items: [] },
  '/roles': [],
  '/lists': { items: [] },
  '/tags': { items: [] },
  '/smart-lists': { items: [], mayShare: true },
  '/appointments': { items: [] },
  '/list-views': { items: [] },
  '/lead-view': {
    metrics: [],
    properties: [],
    tabs: [{ key: 'history', kind: 'system', activityTypes: [] }],
    defaultTab: 'history',
    buttons: [],
    dropdown: [],
  },
  '/lead-views': { items: [], standard: null },
  '/schema/lead-settings': {
    stageComments: false,
    stageMandatory: false,
    stageQuickAdd: true,
    stageImport: true,
    flagOnAllocation: true,
    followUpMail: true,
    withoutCompany: false,
  },
};

/** Answers in place of the server, and keeps what was asked; what is not answered is as in a new company. */
export function serve(answer: (call: Call) => Response | undefined | Promise<Response | undefined>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    const { pathname, searchParams } = new URL(address, 'http://localhost');
    const call: Call = {
      method: init?.method ?? 'GET',
      path: pathname.replace('/api/v1', ''),
      query: searchParams,
      body: JSON.parse(String(init?.body ?? '{}')) as Call['body'],
      headers: init?.headers as Call['headers'],
    };
    calls.push(call);
    const fields = /^\/schema\/(lead|contact|account|opportunity|task|activity|note)$/.test(call.path);
    return (await answer(call)) ?? json(USUAL[call.path] ?? (fields ? [] : { items: [] }));
  });
  return calls;
}

/** Keeps an answer back until it is let go. */
export function held(): { until: Promise<void>; letGo: () => void } {
  let resolve: (() => void) | undefined;
  const until = new Promise<void>((done) => {
    resolve = done;
  });
  return { until, letGo: () => resolve?.() };
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
  Element.prototype.scrollIntoView = () => undefined;
  // A list draws only the rows that fit.
  Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, value: 600 });
  Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, value: 1000 });
  Object.defineProperty(document, 'fonts', {
    value: { addEventListener: () => undefined, removeEventListener: () => undefined },
    configurable: true,
  });
}

/** Draws something as the application would, with a client of its own. */
export function shown(content: ReactNode): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>{content}</QueryClientProvider>
    </MantineProvider>,
  );
  return client;
}

/** Shows a page at its address within the shell, and the messages at its foot. */
export function showPage(Page: ComponentType, path = '/', address = path) {
  const root = createRootRoute();
  const shell = createRoute({ getParentRoute: () => root, id: 'shell' });
  const parse = (params: Record<string, string>) =>
    Object.fromEntries(Object.entries(params).map(([key, value]) => [key, Number(value)]));
  const page = createRoute({
    getParentRoute: () => shell,
    path,
    component: () => (
      <>
        <Page />
        <Toaster />
      </>
    ),
    params: { parse },
  });
  const other = createRoute({ getParentRoute: () => root, path: '/elsewhere', component: Toaster });
  const router = createRouter({
    routeTree: root.addChildren([shell.addChildren([page]), other]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  return { client: shown(<RouterProvider router={router} />), router };
}
