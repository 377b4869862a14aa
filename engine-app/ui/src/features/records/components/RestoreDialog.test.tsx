import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { RestoreDialog } from './RestoreDialog';

const deal = (id: number) => ({ id, version: 2, values: { name: `Roof ${id}` }, tags: [] });
const done = {
  id: 5,
  entity: 'opportunities',
  operation: 'restore',
  name: 'Restore',
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
  undoable: true,
};
const violations = [{ field: 'stage', expectation: 'the id or name of a stage to come back to' }];

let ids: number[];
let closed: number;
let calls: Call[];

function Asked() {
  return <RestoreDialog entity="opportunities" chosen={ids.map(deal)} opened onClose={() => (closed += 1)} />;
}

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  ids = [3];
  closed = 0;
  calls = serve(({ method, path, body }) => {
    if (path === '/schema/pipelines') {
      const stage = (id: number, name: string) => ({ id, name, funnel: true, pie: true });
      const stages = [stage(11, 'New'), stage(12, 'Paid')];
      return json({ items: [{ id: 1, name: 'Sales', funnel: true, pie: true, version: 1, stages }] });
    }
    if (method !== 'POST') return undefined;
    if (path === '/opportunities/bulk-actions') return json(done, 202);
    if (path !== '/opportunities/3/restore') return undefined;
    return body['stage'] === '12' ? json(deal(3)) : json({ title: 'Refused', status: 422, violations }, 422);
  });
});
afterEach(cleanup);

const posted = () => calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
const restore = () => screen.findByRole('button', { name: 'Confirm' });

async function choose(stage: string) {
  fireEvent.click(await screen.findByRole('combobox', { name: 'Stage to come back to' }));
  fireEvent.click(await screen.findByRole('option', { name: stage, hidden: true }));
}

describe('coming back from the trash', () => {
  it('REV-017 asks for another stage when that of the opportunity is gone', { timeout: 20_000 }, async () => {
    showPage(Asked);
    fireEvent.click(await restore());
    await screen.findByText('Choose a stage');
    expect(closed).toBe(0);
    await choose('Paid');
    fireEvent.click(await restore());
    await waitFor(() => expect(closed).toBe(1));
    expect(posted().at(-1)).toEqual({ stage: '12' });
  });

  it('REV-017 says what the server has against the stage that was chosen', { timeout: 20_000 }, async () => {
    showPage(Asked);
    fireEvent.click(await restore());
    await screen.findByText('Choose a stage');
    await choose('New');
    expect(screen.queryByText(/id or name of a stage/)).toBeNull();
    fireEvent.click(await restore());
    await screen.findByText(/id or name of a stage/);
    expect(closed).toBe(0);
    await choose('Paid');
    expect(screen.queryByText(/id or name of a stage/)).toBeNull();
    fireEvent.click(await restore());
    await waitFor(() => expect(closed).toBe(1));
  });

  it('REV-017 asks once for many', { timeout: 20_000 }, async () => {
    ids = [3, 4];
    showPage(Asked);
    await choose('New');
    fireEvent.click(await restore());
    await waitFor(() => expect(closed).toBe(1));
    expect(posted().at(-1)).toMatchObject({ operation: 'restore', settings: { stage: '11' } });
  });
});
