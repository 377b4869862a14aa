import { cleanup, createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { LeadViewsPage } from './LeadViewsPage';

const numbers = ['score', 'age', 'weight', 'visits', 'budget'];
const fields = [
  ...numbers.map((key) => ({ key, label: key, type: 'wholeNumber' })),
  { key: 'city', label: 'City', type: 'text' },
];
const standard = {
  metrics: numbers.slice(0, 4),
  properties: [],
  tabs: [
    { key: 'history', kind: 'system', activityTypes: [] },
    { key: 'tasks', kind: 'system', activityTypes: [] },
  ],
  defaultTab: 'history',
  buttons: ['follow-up', 'activity', 'email', 'task', 'call'],
  dropdown: ['note'],
};

const prices = { key: 'tab-1', kind: 'custom', name: 'Prices', activityTypes: [], url: 'https://old.test' };
const north = {
  id: 5,
  name: 'North',
  layout: { ...standard, tabs: [...standard.tabs, prices] },
  teams: [],
  version: 3,
};

let calls: Call[];
let items: unknown[];
let refused: boolean;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  items = [];
  refused = false;
  calls = serve(({ method, path }) => {
    if (path === '/schema/lead') return json(fields);
    if (path === '/lead-views' && method === 'GET') return json({ items, standard });
    if (path === '/lead-views/5' && refused) {
      const violations = [{ field: 'version', value: '3', expectation: '4' }];
      return json({ title: 'Outdated', status: 409, detail: 'Changed meanwhile', violations }, 409);
    }
    return undefined;
  });
});
afterEach(cleanup);

const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const zone = (name: string) => screen.findByRole('region', { name });
const entries = async (name: string) =>
  within(await zone(name))
    .getAllByRole('listitem')
    .map((item) => item.textContent);

/** Drags an entry by its name and lets it fall on a zone. */
async function drag(label: string, from: string, to: string) {
  const item = within(await zone(from))
    .getByText(label)
    .closest('li') as HTMLElement;
  const target = await zone(to);
  for (const [kind, on] of [
    ['dragStart', item],
    ['dragOver', target],
    ['drop', target],
    ['dragEnd', item],
  ] as const) {
    const event = createEvent[kind](on);
    Object.defineProperty(event, 'dataTransfer', { value: { setData: () => undefined } });
    fireEvent(on, event);
  }
}

/** Begins a new view, when it is known what that begins with. */
async function create() {
  showPage(LeadViewsPage, '/settings/lead-views', '/settings/lead-views');
  await screen.findByText('No details views yet');
  await press('Create');
}

async function begun() {
  await create();
  fireEvent.change(await screen.findByLabelText(/^Name/), { target: { value: 'North' } });
  await press('Next');
}

describe('a details view of leads', { timeout: 40_000 }, () => {
  it('PLT-X10 needs a name before it goes on', async () => {
    await create();
    await press('Next');
    expect(await screen.findByText('Give the view a name')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Metric section' })).toBeNull();
  });

  it('PLT-X07 and PLT-X08 take no fifth metric and no text as one, each with its own words', async () => {
    await begun();
    await drag('budget', 'Available fields', 'Metric section');
    expect(screen.getByRole('alert').textContent).toContain('four fields already');
    expect(await entries('Metric section')).toHaveLength(4);
    await press('Take score out');
    await drag('City', 'Available fields', 'Metric section');
    expect(screen.getByRole('alert').textContent).toContain('does not hold a number');
    expect(await entries('Metric section')).toHaveLength(3);
    await drag('City', 'Available fields', 'Lead properties');
    expect(await entries('Lead properties')).toEqual(['City']);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('PLT-X09 takes no sixth button, and keeps the order that keys give it', async () => {
    await begun();
    await press('Next');
    await press('Next');
    await drag('Note', 'Lead actions drop-down', 'Action buttons');
    expect(screen.getByRole('alert').textContent).toContain('five action buttons already');
    expect(await entries('Action buttons')).toHaveLength(5);
    fireEvent.keyDown(screen.getByRole('button', { name: 'Move Call up' }), { key: 'ArrowUp', altKey: true });
    expect(await entries('Action buttons')).toEqual(['Follow-up', 'Activity', 'E-mail', 'Call', 'Task']);
  });

  it('has tabs that are added, reset and open first, and is saved after a question', async () => {
    await begun();
    await press('Next');
    await press('Take Tasks out');
    await press('Add new');
    fireEvent.click(await screen.findByLabelText('Custom'));
    fireEvent.change(screen.getByLabelText(/^Tab name/), { target: { value: 'Prices' } });
    fireEvent.change(screen.getByLabelText(/^URL/), { target: { value: 'http://example.com' } });
    await press('Save');
    expect(await screen.findByText(/begins with https:/)).toBeTruthy();
    fireEvent.change(screen.getByLabelText(/^URL/), {
      target: { value: 'https://example.com/?q={{lead.city}}' },
    });
    await press('Save');
    await press('Default: Prices');
    await press('Reset');
    expect(within(await zone('Selected tabs')).queryByText('Prices')).toBeNull();
    await press('Add Prices to Selected tabs');
    await press('Default: Prices');
    await press('Next');
    await press('Save');
    expect(calls.some(({ method }) => method === 'POST')).toBe(false);
    const question = await screen.findByRole('dialog', { name: 'Save North?' });
    fireEvent.click(within(question).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(calls.some(({ method }) => method === 'POST')).toBe(true));
    const { layout, name } = calls.find(({ method }) => method === 'POST')?.body as {
      name: string;
      layout: { tabs: { key: string; url?: string }[]; defaultTab: string };
    };
    expect(name).toBe('North');
    expect(layout.tabs.map(({ url }) => url)).toEqual([
      undefined,
      undefined,
      'https://example.com/?q={{lead.city}}',
    ]);
    expect(layout.defaultTab).toBe(layout.tabs[2]?.key);
  });

  /** Opens a view that is there, at one of its steps. */
  async function opened(step: string) {
    items = [north];
    showPage(LeadViewsPage, '/settings/lead-views', '/settings/lead-views');
    await press('North');
    await press(new RegExp(`${step}$`));
  }

  it('PLT-D11 brings the tabs themselves back as they were saved, too', async () => {
    await opened('Tabs');
    await press('Change Prices');
    fireEvent.change(await screen.findByLabelText(/^Tab name/), { target: { value: 'Costs' } });
    fireEvent.change(screen.getByLabelText(/^URL/), { target: { value: 'https://new.test' } });
    await press('Save');
    expect(await entries('Selected tabs')).toContain('CostsDefault');
    await press('Reset');
    expect(await entries('Selected tabs')).toContain('PricesDefault');
    await press('Move Prices up');
    await press('Next');
    await press('Save');
    const question = await screen.findByRole('dialog', { name: 'Save North?' });
    fireEvent.click(within(question).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(calls.some(({ method }) => method === 'PATCH')).toBe(true));
    const { layout } = calls.find(({ method }) => method === 'PATCH')?.body as {
      layout: { tabs: { key: string; url?: string }[] };
    };
    expect(layout.tabs.map(({ key, url }) => url ?? key)).toEqual(['history', 'https://old.test', 'tasks']);
  });

  it('keeps a tab that was taken out through the other steps, and the focus where one is', async () => {
    await opened('Tabs');
    await press('Add new');
    const name = await screen.findByLabelText(/^Tab name/);
    expect(document.activeElement).toBe(name);
    fireEvent.click(screen.getByLabelText('Custom'));
    fireEvent.change(name, { target: { value: 'Maps' } });
    fireEvent.change(screen.getByLabelText(/^URL/), { target: { value: 'https://maps.test' } });
    await press('Save');
    await waitFor(() => expect(document.activeElement?.closest('li')?.textContent).toContain('Maps'));
    await press('Take Maps out');
    await press('Next');
    await press('Back');
    await press('Add Maps to Selected tabs');
    expect(await entries('Selected tabs')).toContain('MapsDefault');
  });

  it('SET-002 asks before the version of somebody else takes the place of what was filled in', async () => {
    await opened('Details');
    refused = true;
    fireEvent.change(await screen.findByLabelText(/^Name/), { target: { value: 'South' } });
    await press(/Actions$/);
    await press('Save');
    const question = await screen.findByRole('dialog', { name: 'Save South?' });
    fireEvent.click(within(question).getByRole('button', { name: 'Save' }));
    items = [{ ...north, name: 'West', version: 4 }];
    await press('Load again');
    await press('Stay');
    await press(/Details$/);
    expect((await screen.findByLabelText<HTMLInputElement>(/^Name/)).value).toBe('South');
    await press('Load again');
    await press('Leave');
    expect(await screen.findByDisplayValue('West')).toBeTruthy();
  });
});
