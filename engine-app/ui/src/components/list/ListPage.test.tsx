import { IconUser } from '@tabler/icons-react';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, type Call, held, json, serve, showPage, stubBrowser } from '@/test/app';
import { ListPage } from './ListPage';
import type { ListSearch } from './listSearch';

const FIELDS = ['name', 'city', 'createdAt'].map((key) => ({ key, label: key, type: 'text', system: true }));
const lead = (id: number) => ({ id, version: 1, values: { name: `Lead ${id}`, city: 'Pune' } });

let calls: Call[];
let records: number[];
let total: number;
let down: Set<string>;
/** Keeps an answer back until it is called. */
let hold: Promise<void> | undefined;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  records = [1, 2];
  total = 2;
  down = new Set();
  hold = undefined;
  calls = serve(async ({ method, path }) => {
    if (down.has(`${method} ${path}`)) return broken();
    if (path === '/schema/lead') return json(FIELDS);
    if (path !== '/leads') return undefined;
    const answer = json({ items: records.map(lead), total });
    await hold;
    return answer;
  });
});
afterEach(cleanup);

let go: (next: ListSearch) => void;

function Page({ start = {} }: { start?: ListSearch }) {
  const [search, setSearch] = useState<ListSearch>(start);
  useEffect(() => {
    go = setSearch;
  }, []);
  return (
    <ListPage
      entity="leads"
      title="Leads"
      icon={IconUser}
      search={search}
      onSearch={(change) => setSearch((before) => ({ ...before, ...change }))}
      defaultColumns={['name', 'city']}
      defaultSort="-createdAt"
      cardFields={['city']}
      memberships={false}
      quickFilters={[]}
      addLabel="Add"
      onAdd={undefined}
      emptyTitle="None"
      emptyText="None"
      views={[]}
      rowActions={(record) =>
        createPortal(<div role="menu" aria-label={`Menu of ${record.id}`} />, document.body)
      }
      bulk={(chosen, count) => <output>{JSON.stringify({ chosen, count })}</output>}
    />
  );
}

const chosen = () => {
  const output = document.querySelector('output')?.textContent;
  return output ? (JSON.parse(output) as unknown) : undefined;
};
const row = async (name: string) =>
  (await screen.findByRole('link', { name })).closest<HTMLElement>('[role=row]') as HTMLElement;
const check = async (name: string) => fireEvent.click(within(await row(name)).getByRole('checkbox'));
const asked = () => calls.filter(({ path }) => path === '/leads').map(({ query }) => query.get('filter'));

describe('what is chosen in a list', { timeout: 20_000 }, () => {
  it('is forgotten with the filter that it was chosen in, above all when it was all that match', async () => {
    total = 500;
    showPage(Page);
    await row('Lead 1');
    fireEvent.click(screen.getByLabelText('Select all that are loaded'));
    fireEvent.click(await screen.findByText('Select all 500 that match'));
    expect(chosen()).toEqual({ chosen: { filter: '', hidden: false }, count: 500 });
    records = [3];
    go({ filter: 'city = "Goa"' });
    await row('Lead 3');
    expect(chosen()).toBeUndefined();
    // Nor does it come back with the old filter.
    records = [1, 2];
    go({});
    await row('Lead 1');
    expect(chosen()).toBeUndefined();
  });

  it('is forgotten with a search too, and nothing can be chosen among rows that are going', async () => {
    showPage(Page);
    await check('Lead 1');
    expect(chosen()).toEqual({ chosen: { ids: [1] }, count: 1 });
    const answer = held();
    hold = answer.until;
    records = [3];
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Goa' } });
    await waitFor(() => expect(chosen()).toBeUndefined());
    await check('Lead 2');
    expect(chosen()).toBeUndefined();
    answer.letGo();
    await check('Lead 3');
    expect(chosen()).toEqual({ chosen: { ids: [3] }, count: 1 });
  });

  it('is counted as it is sent, also what is not loaded any more', async () => {
    const { client } = showPage(Page);
    await check('Lead 1');
    await check('Lead 2');
    records = [2];
    await client.invalidateQueries({ queryKey: ['leads'] });
    await waitFor(() => expect(screen.queryByText('Lead 1')).toBeNull());
    expect(chosen()).toEqual({ chosen: { ids: [1, 2] }, count: 2 });
  });
});

describe('the menu of a row', { timeout: 20_000 }, () => {
  it('keeps its keys and clicks from the rows', async () => {
    const { router } = showPage(Page);
    await check('Lead 1');
    const menu = screen.getByRole('menu', { name: 'Menu of 1' });
    (await row('Lead 1')).focus();
    fireEvent.keyDown(menu, { key: 'ArrowDown' });
    await new Promise((done) => requestAnimationFrame(done));
    expect(document.activeElement).toBe(await row('Lead 1'));
    fireEvent.click(menu);
    fireEvent.keyDown(menu, { key: 'Escape' });
    expect(chosen()).toEqual({ chosen: { ids: [1] }, count: 1 });
    expect(router.state.location.pathname).toBe('/');
  });
});

describe('the tab of a smart list', { timeout: 20_000 }, () => {
  it('does not ask for all records while its list cannot be read, and reads it again', async () => {
    down.add('GET /smart-lists');
    showPage(() => <Page start={{ list: 7 }} />);
    const again = await screen.findByRole('button', { name: 'Try again' });
    expect(asked()).toEqual([]);
    down.clear();
    fireEvent.click(again);
    await screen.findByText('This list is not there');
    expect(asked()).toEqual([]);
  });
});

describe('the search of a list', { timeout: 20_000 }, () => {
  it('shows what is searched for, also when that comes from elsewhere', async () => {
    showPage(Page);
    await row('Lead 1');
    const box = screen.getByRole<HTMLInputElement>('textbox');
    fireEvent.change(box, { target: { value: 'Pune' } });
    await waitFor(() => expect(asked().at(-1)).toContain('Pune'));
    expect(box.value).toBe('Pune');
    go({ filter: 'city = "Goa"' });
    await waitFor(() => expect(box.value).toBe(''));
    go({ q: 'Delhi' });
    await waitFor(() => expect(box.value).toBe('Delhi'));
  });
});

describe('the keyboard in a list', { timeout: 20_000 }, () => {
  it('presses the button that has the focus, not its row', async () => {
    const { router } = showPage(Page);
    await row('Lead 1');
    const header = screen.getByRole('button', { name: 'city' });
    expect(fireEvent.keyDown(header, { key: 'Enter' })).toBe(true);
    expect(fireEvent.keyDown(header, { key: ' ' })).toBe(true);
    expect(router.state.location.pathname).toBe('/');
    expect(chosen()).toBeUndefined();
  });
});

describe('the columns of a list', { timeout: 20_000 }, () => {
  it('say when they could not be kept', async () => {
    down.add('PUT /list-views');
    showPage(Page);
    await row('Lead 1');
    fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
    fireEvent.click(await screen.findByRole('checkbox', { name: 'createdAt' }));
    await screen.findByText('Your columns and order were not kept: The database is away');
  });
});
