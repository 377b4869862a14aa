import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, json, serve, showPage, stubBrowser } from '@/test/app';
import { FollowUpsScreen } from './FollowUpsScreen';

const TASK = {
  id: 5,
  version: 1,
  values: { lead: 7, dueAt: '2026-05-10T08:00:00Z', notes: 'Call back', owner: 1 },
};
const LEAD = { id: 7, version: 1, values: { name: 'Asha Rao', owner: 1, stage: 'Lead' } };

let down: Set<string>;
let rights: unknown;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  down = new Set();
  rights = { everything: true, sections: {} };
  serve(({ path, query }) => {
    if (down.has(path)) return broken();
    if (path === '/session/rights') return json(rights);
    if (path === '/tasks') return json({ items: [TASK], total: query.get('count') ? 1 : null });
    if (path === '/leads/7') return json(LEAD);
    if (path === '/schema/lead') return json([{ key: 'stage', label: 'Stage', type: 'dropdown' }]);
    return undefined;
  });
});
afterEach(cleanup);

const open = () => showPage(FollowUpsScreen, '/follow-ups');
const update = () => screen.findByRole('button', { name: 'Update' });

describe('the follow-ups', { timeout: 20_000 }, () => {
  it('keep what is being written while they cannot be read again', async () => {
    const { client } = open();
    fireEvent.click(await update());
    fireEvent.change(await screen.findByLabelText('Comment'), { target: { value: 'Wants a call' } });
    down.add('/tasks');
    down.add('/schema/lead');
    await client.invalidateQueries();
    await screen.findAllByText('The database is away');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Comment').value).toBe('Wants a call');
    // And it is not thrown away by a click beside it.
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(screen.getByText('Leave without saving?')).toBeTruthy();
  });

  it('say in the dialog that a lead cannot be read, and read it again', async () => {
    down.add('/leads/7');
    open();
    fireEvent.click(await update());
    await screen.findByRole('dialog');
    const again = await screen.findByRole('button', { name: 'Try again' });
    down.clear();
    fireEvent.click(again);
    await screen.findByText('Follow-up: Asha Rao');
  });

  it('offer to change leads only to who may', async () => {
    rights = { everything: false, sections: { lead: { view: 'all' }, task: { view: 'all' } } };
    open();
    await screen.findByRole('button', { name: 'Quick view' });
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Update' })).toBeNull());
  });

  it("say of somebody else's lead that it is not the reader's to change", async () => {
    rights = { everything: false, sections: { lead: { view: 'all', edit: 'own' } } };
    LEAD.values.owner = 2;
    open();
    fireEvent.click(await update());
    await screen.findByText('You may see this lead, but not change it.');
    expect(screen.queryByLabelText('Comment')).toBeNull();
  });
});
