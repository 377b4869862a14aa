import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, json, serve, showPage, stubBrowser } from '@/test/app';
import { LeadListsPage } from './LeadListsPage';
import { TablesPage } from './TablesPage';

const process = (id: number, name: string) => ({
  id,
  name,
  tableDefinition: 5,
  timeZone: 'Asia/Kolkata',
  defaultCountry: null,
  supervisors: [1],
  agents: [2],
  lists: 1,
  version: 1,
});
const list = (id: number, name: string) => ({
  id,
  process: 7,
  name,
  timeZone: 'Asia/Kolkata',
  owner: 1,
  description: null,
  enabled: true,
  campaigns: 0,
  version: 1,
});
const campaign = (id: number, name: string, members: number[]) => ({
  id,
  name,
  members,
  lists: 0,
  version: 1,
});

let lists: Record<number, ReturnType<typeof list>[]>;
let assigned: Set<number>;
let calls: Call[];

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  localStorage.clear();
  lists = { 7: [list(70, 'Spring'), list(71, 'Summer')], 8: [list(80, 'Elsewhere')] };
  assigned = new Set();
  const campaigns = [campaign(90, 'Calls', [1]), campaign(91, 'Offers', [2]), campaign(92, 'Thanks', [])];
  calls = serve(({ method, path, body }) => {
    const lead = /^\/lead-lists\/(\d+)$/.exec(path);
    const within = /^\/processes\/(\d+)\/lead-lists$/.exec(path);
    if (path === '/processes') return json({ items: [process(7, 'North'), process(8, 'South')] });
    if (path === '/users') {
      const user = (id: number, name: string, active = true) => ({ id, login: name, name, active });
      return json({
        items: [user(1, 'Admin'), user(2, 'Ravi'), user(3, 'Stranger'), user(4, 'Gone', false)],
      });
    }
    if (within && method === 'GET') return json({ items: lists[Number(within[1])] });
    if (within) {
      const violations = body['name']
        ? []
        : [{ field: 'name', expectation: 'a name of 1 to 200 characters' }];
      if (violations.length > 0) return json({ title: 'Refused', status: 422, violations }, 422);
      const made = { ...list(75, String(body['name'])) };
      lists[7]?.push(made);
      return json(made, 201);
    }
    if (lead && method === 'DELETE') {
      lists[7] = lists[7]?.filter((each) => each.id !== Number(lead[1])) ?? [];
      return new Response(null, { status: 204 });
    }
    if (lead && method === 'PATCH') {
      const changed = lists[7]?.find((each) => each.id === Number(lead[1]));
      Object.assign(changed ?? {}, body);
      return json(changed);
    }
    if (path.endsWith('/campaigns') && path.startsWith('/lead-lists')) {
      if (method === 'PATCH') {
        for (const id of body['assign'] as number[]) assigned.add(id);
        for (const id of body['release'] as number[]) assigned.delete(id);
      }
      return json({ items: campaigns.map((each) => ({ campaign: each, assigned: assigned.has(each.id) })) });
    }
    return undefined;
  });
});
afterEach(cleanup);

const open = () => showPage(LeadListsPage, '/settings/lead-lists');
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const section = (name: string) => within(screen.getByRole('group', { name }));
const names = (of: string) =>
  section(of)
    .queryAllByRole('listitem')
    .map((entry) => entry.textContent);
const sent = () => calls.filter((call) => call.method !== 'GET');

describe('lead lists of a process', { timeout: 30_000 }, () => {
  it('cannot be changed or deleted before one is selected, and No deletes nothing', async () => {
    open();
    const spring = await screen.findByRole('radio', { name: /Spring/ });
    expect(button('Edit').disabled).toBe(true);
    expect(button('Delete').disabled).toBe(true);
    fireEvent.click(spring);
    expect(button('Edit').disabled).toBe(false);
    fireEvent.click(button('Delete'));
    fireEvent.click(await screen.findByRole('button', { name: 'No' }));
    expect(sent()).toEqual([]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    fireEvent.click(button('Delete'));
    fireEvent.click(await screen.findByRole('button', { name: 'Yes' }));
    await waitFor(() => expect(screen.queryByRole('radio', { name: /Spring/ })).toBeNull());
    expect(button('Delete').disabled).toBe(true);
  });

  it('ask for name, time zone, owner and description, begin with the usual ones and name what is missing', async () => {
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Create lead list' }));
    const dialog = within(await screen.findByRole('dialog'));
    const valueOf = (label: RegExp) =>
      dialog.getByLabelText<HTMLInputElement>(label, { selector: 'input:not([type=hidden]), textarea' })
        .value;
    await waitFor(() => expect(valueOf(/^Lead owner/)).toBe('Admin'));
    expect([valueOf(/^Lead name/), valueOf(/^Time zone/), valueOf(/^Description/)]).toEqual([
      '',
      'Asia/Kolkata',
      '',
    ]);
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await dialog.findByText(/a name of 1 to 200/);
    fireEvent.change(dialog.getByLabelText(/^Lead name/), { target: { value: 'Autumn' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    const made = await screen.findByRole<HTMLInputElement>('radio', { name: /Autumn/ });
    expect(sent().at(-1)?.body).toEqual({
      name: 'Autumn',
      timeZone: 'Asia/Kolkata',
      owner: 1,
      description: '',
    });
    await waitFor(() => expect(made.checked).toBe(true));
  });

  it('are switched off and on with one click', async () => {
    open();
    const turn = await screen.findByRole<HTMLInputElement>('switch', { name: 'Spring is enabled' });
    expect(turn.checked).toBe(true);
    fireEvent.click(turn);
    await waitFor(() => expect(lists[7]?.[0]?.enabled).toBe(false));
    expect(sent().at(-1)?.body).toEqual({ enabled: false });
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Spring is enabled' }).checked).toBe(false),
    );
  });

  it('LEAD-E12: campaigns are assigned by Apply and not before', async () => {
    open();
    fireEvent.click(await screen.findByRole('radio', { name: /Spring/ }));
    await screen.findByRole('group', { name: 'Available' });
    expect(names('Available')).toEqual(['Calls', 'Offers', 'Thanks']);
    fireEvent.click(section('Available').getByRole('checkbox', { name: 'Calls' }));
    fireEvent.click(button('Move the selected ones to Assigned'));
    expect(names('Assigned')).toEqual(['Calls']);
    // Left without Apply.
    fireEvent.click(screen.getByRole('radio', { name: /Summer/ }));
    fireEvent.click(screen.getByRole('radio', { name: /Spring/ }));
    await waitFor(() => expect(names('Available')).toEqual(['Calls', 'Offers', 'Thanks']));
    expect(sent()).toEqual([]);
    // All that are shown, which are those that a user or the name finds.
    fireEvent.change(screen.getByLabelText('Search by user or campaign'), { target: { value: 'rAVI' } });
    expect(names('Available')).toEqual(['Offers']);
    fireEvent.click(section('Available').getByRole('checkbox', { name: /select all/ }));
    fireEvent.change(screen.getByLabelText('Search by user or campaign'), { target: { value: '' } });
    fireEvent.click(button('Move the selected ones to Assigned'));
    fireEvent.click(button('Apply'));
    await waitFor(() => expect(assigned).toEqual(new Set([91])));
    await waitFor(() => expect(button('Apply').disabled).toBe(true));
    expect(names('Assigned')).toEqual(['Offers']);
  });

  it('are those of one process, and the choice is remembered', async () => {
    const { router } = open();
    await screen.findByRole('radio', { name: /Spring/ });
    await router.navigate({ to: '/settings/lead-lists', search: { process: 8 } } as never);
    await screen.findByRole('radio', { name: /Elsewhere/ });
    cleanup();
    open();
    await screen.findByRole('radio', { name: /Elsewhere/ });
  });
});

describe('table definitions', { timeout: 30_000 }, () => {
  it('have one primary key, which is unique and not nullable', async () => {
    serve(({ path, method }) => {
      if (path === '/table-definitions' && method === 'GET') return json({ items: [] });
      if (path !== '/schema/lead') return undefined;
      const field = (key: string, label: string) => ({ key, label, type: 'TEXT' });
      return json([field('phone', 'Phone'), field('lastName', 'Last name'), field('email', 'E-mail')]);
    });
    showPage(TablesPage);
    fireEvent.click(await screen.findByRole('button', { name: 'Add table definition' }));
    const dialog = within(await screen.findByRole('dialog'));
    const marks = (name: string) => dialog.getAllByRole<HTMLInputElement>('checkbox', { name });
    expect(marks('Primary key').map((box) => box.checked)).toEqual([true, false, false]);
    const second = marks('Primary key')[1];
    if (second) fireEvent.click(second);
    expect(marks('Primary key').map((box) => box.checked)).toEqual([false, true, false]);
    expect(marks('Unique').map((box) => box.checked)).toEqual([true, true, false]);
    expect(marks('Nullable').map((box) => box.checked)).toEqual([false, false, true]);
  });
});
