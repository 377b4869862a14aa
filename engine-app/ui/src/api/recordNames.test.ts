import { afterEach, expect, it, vi } from 'vitest';
import { fetchRecordName } from './recordNames';

const LEADS = [
  { id: 1, version: 1, values: { name: 'Asha' } },
  { id: 2, version: 1, values: { name: 'Bela' } },
];
const IN_TRASH = { id: 3, version: 2, values: { name: 'Chandra' } };

function answer(body: unknown) {
  return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } });
}

function server() {
  const calls: string[] = [];
  vi.stubGlobal('fetch', (input: RequestInfo | URL) => {
    const address = new URL(input instanceof Request ? input.url : String(input), 'http://localhost');
    calls.push(address.pathname);
    return Promise.resolve(
      answer(address.searchParams.has('filter') ? { items: LEADS, next: null } : IN_TRASH),
    );
  });
  return calls;
}

afterEach(() => vi.unstubAllGlobals());

it('reads the names that the rows of a list ask for with one call', async () => {
  const calls = server();
  const names = await Promise.all([1, 2, 1].map((id) => fetchRecordName('leads', id)));
  expect(names).toEqual(['Asha', 'Bela', 'Asha']);
  expect(calls).toEqual(['/api/v1/leads']);
});

it('reads a record that no list has by itself', async () => {
  const calls = server();
  const names = await Promise.all([1, 3].map((id) => fetchRecordName('leads', id)));
  expect(names).toEqual(['Asha', 'Chandra']);
  expect(calls).toEqual(['/api/v1/leads', '/api/v1/leads/3']);
});
