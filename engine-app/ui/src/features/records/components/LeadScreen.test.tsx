import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, json, serve, showPage, stubBrowser, USUAL } from '@/test/app';
import { LeadScreen } from './RecordDetailScreens';

const page = { ...(USUAL['/lead-view'] as { tabs: unknown[] }), buttons: ['activity'], dropdown: [] };

const own = {
  key: 'own-3',
  kind: 'custom',
  name: 'Maps',
  activityTypes: [],
  own: true,
  id: 3,
  url: 'https://a.test',
};

let calls: Call[];
let tabs: unknown[];
let watchers: Set<(event: { matches: boolean }) => void>;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  watchers = new Set();
  tabs = [];
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: (_: string, watcher: (event: { matches: boolean }) => void) => watchers.add(watcher),
    removeEventListener: (_: string, watcher: (event: { matches: boolean }) => void) =>
      watchers.delete(watcher),
  }));
  calls = serve(({ path, body }) => {
    if (path === '/leads/7') return json({ id: 7, version: 1, values: { lastName: 'Ada' }, tags: [] });
    if (path === '/lead-view') return json({ ...page, tabs: [...page.tabs, ...tabs] });
    if (path === '/lead-view/tabs/3' && body['version'] === 1) {
      tabs = [{ ...own, version: 2 }];
      return json({ title: 'Outdated', status: 409, detail: 'Changed meanwhile' }, 409);
    }
    if (path === '/schema/activity') return json([{ key: 'notes', label: 'Notes', type: 'longText' }]);
    if (path === '/leads/7/messages') return json({ items: [], total: 0 });
    if (path === '/leads/7/around') return json({ tasks: { total: 0, items: [], filter: 'lead = 7' } });
    return undefined;
  });
});
afterEach(cleanup);

/** Begins to write what was done with the lead. */
async function begun() {
  showPage(LeadScreen, '/leads/$id', '/leads/7');
  fireEvent.click(await screen.findByRole('button', { name: 'Log activity' }));
  const form = await screen.findByRole('dialog', { name: 'Log activity' });
  fireEvent.change(await within(form).findByLabelText('Notes'), { target: { value: 'A long call' } });
  return form;
}

const note = (form: HTMLElement) => within(form).getByLabelText<HTMLTextAreaElement>('Notes').value;

describe('the page of a lead', { timeout: 30_000 }, () => {
  it('SET-002 asks before a half-written activity is closed', async () => {
    const form = await begun();
    fireEvent.keyDown(form, { key: 'Escape' });
    fireEvent.click(await screen.findByRole('button', { name: 'Stay' }));
    expect(note(form)).toBe('A long call');
    expect(form.isConnected).toBe(true);
  });

  it('keeps the dialog of an action when the window becomes narrow', async () => {
    const form = await begun();
    act(() => watchers.forEach((watcher) => watcher({ matches: true })));
    expect(form.isConnected).toBe(true);
    expect(note(form)).toBe('A long call');
  });

  it('does not ask what stands around the lead before somebody opens it', async () => {
    showPage(LeadScreen, '/leads/$id', '/leads/7');
    const asked = () => calls.map(({ path }) => path).filter((path) => /\/(messages|around)$/.test(path));
    const bar = await screen.findByRole('button', { name: /^360-degree view/ });
    await waitFor(() => expect(calls.some(({ path }) => path === '/leads/7/timeline')).toBe(true));
    expect(asked()).toEqual([]);
    fireEvent.click(bar);
    expect(await screen.findByText('Nothing was sent to this lead.')).toBeTruthy();
    expect(asked().sort()).toEqual(['/leads/7/around', '/leads/7/messages']);
  });

  it('saves an own tab upon what is there now, when it was changed in another window', async () => {
    tabs = [{ ...own, version: 1 }];
    showPage(LeadScreen, '/leads/$id', '/leads/7?show=own-3');
    fireEvent.click(await screen.findByRole('button', { name: 'Change this tab' }));
    const form = await screen.findByRole('dialog');
    fireEvent.change(await within(form).findByLabelText(/^Tab name/), { target: { value: 'Plans' } });
    const save = () => fireEvent.click(within(form).getByRole('button', { name: 'Save' }));
    save();
    expect(await within(form).findByText('Changed meanwhile')).toBeTruthy();
    await waitFor(() => expect(calls.filter(({ path }) => path === '/lead-view')).toHaveLength(2));
    save();
    await waitFor(() => expect(form.isConnected).toBe(false));
    const sent = calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(sent.map(({ version, name }) => [version, name])).toEqual([
      [1, 'Plans'],
      [2, 'Plans'],
    ]);
  });

  it('shows an own tab whose activity types are gone, to be changed or removed', async () => {
    tabs = [{ ...own, kind: 'activity', url: null, version: 1 }];
    showPage(LeadScreen, '/leads/$id', '/leads/7?show=own-3');
    expect(await screen.findByText(/activity types of this tab are not there any more/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove this tab' })).toBeTruthy();
    expect(calls.some(({ path }) => path === '/activities')).toBe(false);
  });
});
