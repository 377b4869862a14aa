import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { EraseDialog } from './EraseDialog';

const done = {
  id: 5,
  entity: 'leads',
  operation: 'erase',
  name: 'Erase',
  status: 'complete',
  settings: {},
  mode: 'at-once',
  createdAt: '2026-11-23T00:00:00Z',
  total: 2,
  handled: 2,
  succeeded: 2,
  changed: 2,
  failed: 0,
  ratePerSecond: 2,
  undoable: false,
};

let ids: number[];
let filter: string | undefined;
let down: boolean;
let closed: number;
let calls: Call[];

function Asked() {
  return (
    <EraseDialog
      entity="leads"
      ids={ids}
      filter={filter}
      onClose={() => (closed += 1)}
      onDone={() => undefined}
    />
  );
}

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  ids = [3, 4];
  filter = undefined;
  down = false;
  closed = 0;
  calls = serve(({ method, path }) => {
    if (method !== 'POST' || path !== '/leads/bulk-actions') return undefined;
    return down ? broken() : json(done, 202);
  });
});
afterEach(cleanup);

const ordered = () => calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
const button = () => screen.findByRole<HTMLButtonElement>('button', { name: 'Erase for good' });
const type = (word: string) =>
  fireEvent.change(screen.getByLabelText('Type DELETE to confirm'), { target: { value: word } });

describe('LEAD-112 erasing for good', { timeout: 20_000 }, () => {
  it('is offered when the word is typed as it stands there', async () => {
    showPage(Asked);
    const erase = await button();
    expect(erase.disabled).toBe(true);
    type('delete');
    expect(erase.disabled).toBe(true);
    type('DELETE');
    fireEvent.click(erase);
    await screen.findByText('2 records are erased');
    expect(ordered()).toMatchObject([{ operation: 'erase', ids: [3, 4], settings: { confirm: 'DELETE' } }]);
    expect(closed).toBe(1);
  });

  it('can be about all that the search finds', async () => {
    filter = 'name contains "lee"';
    showPage(Asked);
    fireEvent.click(await screen.findByLabelText('All that the search finds in the trash (Leads)'));
    type('DELETE');
    fireEvent.click(await button());
    await waitFor(() => expect(ordered()).toMatchObject([{ filter: 'name contains "lee"' }]));
    expect(ordered()[0]).not.toHaveProperty('ids');
  });

  it('says why it was not done and stays', async () => {
    down = true;
    showPage(Asked);
    const erase = await button();
    type('DELETE');
    fireEvent.click(erase);
    await screen.findByText('The database is away');
    expect(closed).toBe(0);
  });
});
