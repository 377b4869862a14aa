import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { Board } from './Board';
import { onTop, without } from './board';

const FIELDS = [
  { key: 'name', label: 'Name', type: 'text', system: true },
  { key: 'value', label: 'Value', type: 'money', system: true },
  { key: 'stage', label: 'Stage', type: 'dropdown', system: true },
];
const deal = (id: number, stage: string, version = 1) => ({
  id,
  version,
  values: { name: `Roof ${id}`, stage, value: { amount: '100.00', currency: 'EUR' } },
});

let calls: Call[];
let stages: Record<string, number[]>;
let refuse: number | undefined;
let readOnly: boolean;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  stages = { New: [1, 2], Won: [] };
  refuse = undefined;
  readOnly = false;
  calls = serve(({ method, path, query, body }) => {
    if (path === '/schema/opportunity') {
      return json(FIELDS.map((field) => ({ ...field, readOnly: readOnly && field.key === 'stage' })));
    }
    if (path === '/opportunities/board') {
      return json({
        pipeline: 1,
        columns: Object.entries(stages).map(([name, ids], index) => ({
          stage: index + 1,
          name,
          label: name,
          count: ids.length,
          worth: ids.length > 0 ? [{ amount: `${ids.length * 100}.00`, currency: 'EUR' }] : [],
        })),
      });
    }
    if (path === '/opportunities') {
      const id = Number(/stage = "(\d+)"/.exec(query.get('filter') ?? '')?.[1]);
      const stage = Object.keys(stages)[id - 1] ?? '';
      return json({ items: (stages[stage] ?? []).map((id) => deal(id, stage)) });
    }
    if (method !== 'PATCH') return undefined;
    if (refuse) return json({ title: 'Changed', status: refuse, detail: 'It was changed' }, refuse);
    const { stage } = body['values'] as { stage: string };
    const name = Object.keys(stages)[Number(stage) - 1] ?? '';
    stages = { New: [2], Won: [], [name]: [1] };
    return json(deal(1, name, 2));
  });
});
afterEach(cleanup);

const Page = () => <Board pipeline={1} filter={undefined} nothing={null} />;
const column = (name: string) => screen.findByRole('region', { name });
const send = async (name: string, to: string) => {
  fireEvent.click(await screen.findByRole('button', { name: `Move ${name} to another stage` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: to }));
};

describe('the board of opportunities', { timeout: 20_000 }, () => {
  it('has a column for each stage with its number and one sum for each currency (REV-007)', async () => {
    showPage(Page);
    const first = await column('New');
    await within(first).findByText('Roof 1');
    expect(within(first).getByText('€200')).toBeTruthy();
    expect(screen.getAllByRole('heading', { level: 2 }).map((head) => head.textContent)).toEqual([
      'New',
      'Won',
    ]);
  });

  it('sends a card to another stage from its menu, with the version that was read, and says so', async () => {
    showPage(Page);
    await within(await column('New')).findByText('Roof 1');
    await send('Roof 1', 'Move to Won');
    await within(await column('Won')).findByText('Roof 1');
    await waitFor(() => expect(calls.some(({ method }) => method === 'PATCH')).toBe(true));
    const sent = calls.find(({ method }) => method === 'PATCH');
    expect(sent?.path).toBe('/opportunities/1');
    expect(sent?.body).toEqual({ version: 1, values: { stage: '2' } });
    expect(screen.getByText('Roof 1 moved to Won')).toBeTruthy();
  });

  it('puts a card back that somebody else has changed, and says why', async () => {
    refuse = 409;
    showPage(Page);
    await within(await column('New')).findByText('Roof 1');
    await send('Roof 1', 'Move to Won');
    await screen.findAllByText(/was changed by somebody else meanwhile and is back in New/);
    await within(await column('New')).findByText('Roof 1');
    expect(within(await column('Won')).queryByText('Roof 1')).toBeNull();
  });

  it('does not drag a card by its menu', async () => {
    showPage(Page);
    await within(await column('New')).findByText('Roof 1');
    fireEvent.click(await screen.findByRole('button', { name: 'Move Roof 1 to another stage' }));
    const menu = await screen.findByRole('menu');
    fireEvent.mouseDown(menu, { clientX: 10, clientY: 10, button: 0 });
    fireEvent.mouseMove(document, { clientX: 40, clientY: 40 });
    expect(document.querySelector('[data-gone]')).toBeNull();
    fireEvent.mouseUp(document);
    // Its name does.
    const name = screen.getByText('Roof 1');
    fireEvent.mouseDown(name, { clientX: 10, clientY: 10, button: 0 });
    fireEvent.mouseMove(document, { clientX: 40, clientY: 40 });
    await waitFor(() => expect(document.querySelector('[data-gone]')).not.toBeNull());
    fireEvent.mouseUp(document);
  });

  it('moves the same card twice with the version that the first move made', async () => {
    showPage(Page);
    await within(await column('New')).findByText('Roof 1');
    await send('Roof 1', 'Move to Won');
    await waitFor(() => expect(calls.filter(({ method }) => method === 'PATCH')).toHaveLength(1));
    await within(await column('Won')).findByText('Roof 1');
    await send('Roof 1', 'Move to New');
    await waitFor(() =>
      expect(calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body['version'])).toEqual([
        1, 2,
      ]),
    );
  });

  it('offers no move to who may only read the stage', async () => {
    readOnly = true;
    showPage(Page);
    await within(await column('New')).findByText('Roof 1');
    expect(screen.queryByRole('button', { name: /to another stage/ })).toBeNull();
  });
});

describe('pages of cards', () => {
  const pages = {
    pages: [{ items: [deal(1, 'New')] }, { items: [deal(2, 'New')] }],
    pageParams: [null, 'a'],
  };

  it('lose and take a card', () => {
    expect(without(pages, 2).pages.map(({ items }) => items.length)).toEqual([1, 0]);
    expect(onTop(pages, deal(2, 'New')).pages.map(({ items }) => items.map(({ id }) => id))).toEqual([
      [2, 1],
      [],
    ]);
    expect(onTop(undefined, deal(3, 'New')).pages[0]?.items).toHaveLength(1);
  });
});
