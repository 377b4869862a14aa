import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { type Call, held, json, serve, showPage, stubBrowser } from '@/test/app';
import { useSettingsPlaces } from '../places';
import { LeadListsPage } from './LeadListsPage';

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
  leads: 0,
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
/** Those of a page that has not been read. */
let unread: ReturnType<typeof list>[];
let processes: ReturnType<typeof process>[];
let campaigns: ReturnType<typeof campaign>[];
let assigned: Set<number>;
/** Keeps the assignments of campaigns back. */
let waiting: Promise<void> | undefined;
/** Refuses them. */
let refused: boolean;
let roles: string[];
let calls: Call[];

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  localStorage.clear();
  lists = { 7: [list(70, 'Spring'), list(71, 'Summer')], 8: [list(80, 'Elsewhere')] };
  unread = [];
  processes = [process(7, 'North'), process(8, 'South')];
  assigned = new Set();
  waiting = undefined;
  refused = false;
  roles = ['crm_admin'];
  campaigns = [campaign(90, 'Calls', [1]), campaign(91, 'Offers', [2]), campaign(92, 'Thanks', [])];
  calls = serve(async ({ method, path, body }) => {
    const lead = /^\/lead-lists\/(\d+)$/.exec(path);
    if (path === '/processes/7/table') {
      const column = (name: string, field: string, primary: boolean) => ({
        name,
        field,
        label: field,
        type: 'TEXT',
        nullable: !primary,
        unique: primary,
        primary,
      });
      return json({
        name: 'Table',
        columns: [column('phone1', 'phone', true), column('name', 'leadName', false)],
      });
    }
    if (path === '/lead-lists/70/leads' && method === 'POST') {
      const values = body['values'] as Record<string, string>;
      if (values['phone1'] === '1') {
        const violations = [
          { field: 'phone1', expectation: 'a number that is not there yet: Spring has it' },
        ];
        return json({ title: 'Refused', status: 422, violations }, 422);
      }
      return json({ id: 500, list: 70, values, createdAt: '2026-11-23T00:00:00Z' }, 201);
    }
    if (path === '/lead-lists/70/leads') {
      const values = { phone1: '5550001', name: 'Ann' };
      return json({ items: [{ id: 500, list: 70, values, createdAt: '2026-11-23T00:00:00Z' }] });
    }
    if (path === '/list-leads/500') {
      const moves = [{ from: 'Winter', to: 'Spring', at: '2026-11-24T00:00:00Z', by: 2 }];
      return json({ id: 500, list: 70, createdAt: '2026-11-23T00:00:00Z', moves });
    }
    const within = /^\/processes\/(\d+)\/lead-lists$/.exec(path);
    if (path === '/processes') return json({ items: processes });
    if (path === '/session') return json({ user: { id: 1, login: 'admin', name: 'Admin', roles } });
    if (path === '/users') {
      const user = (id: number, name: string, active = true) => ({ id, login: name, name, active });
      return json({
        items: [user(1, 'Admin'), user(2, 'Ravi'), user(3, 'Stranger'), user(4, 'Gone', false)],
      });
    }
    if (within && method === 'GET') {
      return json({ items: lists[Number(within[1])], next: unread.length > 0 ? 'more' : null });
    }
    if (path === '/processes/7/campaigns') return json({ items: campaigns });
    if (lead && method === 'GET') {
      return json([...(lists[7] ?? []), ...unread].find((each) => each.id === Number(lead[1])));
    }
    if (within) {
      const violations = body['name']
        ? []
        : [{ field: 'name', expectation: 'a name of 1 to 200 characters' }];
      if (violations.length > 0) return json({ title: 'Refused', status: 422, violations }, 422);
      const made = { ...list(75, String(body['name'])) };
      if (made.name === 'Zulu') unread.push(made);
      else lists[7]?.push(made);
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
        await waiting;
        if (refused) {
          campaigns = campaigns.filter((each) => each.name !== 'Calls');
          return json({ title: 'These campaigns do not do', status: 422 }, 422);
        }
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

describe('leads of a list', { timeout: 30_000 }, () => {
  it('are added with an input for each column, and what is refused stays', async () => {
    open();
    fireEvent.click(await screen.findByRole('radio', { name: /Spring/ }));
    fireEvent.click(button('Add Contact'));
    const dialog = within(await screen.findByRole('dialog'));
    const phone = await dialog.findByRole('textbox', { name: /phone1/ });
    fireEvent.change(phone, { target: { value: '1' } });
    fireEvent.change(dialog.getByRole('textbox', { name: /name/ }), { target: { value: 'Ann' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByText(/Spring has it/)).toBeTruthy();
    fireEvent.change(phone, { target: { value: '2' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent().map((call) => call.body['values'])).toEqual([
      { phone1: '1', name: 'Ann' },
      { phone1: '2', name: 'Ann' },
    ]);
  });

  it('are shown by the columns of the process', async () => {
    open();
    fireEvent.click(await screen.findByRole('radio', { name: /Spring/ }));
    fireEvent.click(button('Leads'));
    const table = within(await screen.findByRole('table', { name: 'Leads of Spring' }));
    expect(table.getByText('5550001')).toBeTruthy();
    expect(table.getByText('Ann')).toBeTruthy();
    // LEAD-069: the lists that it came through.
    fireEvent.click(table.getByLabelText('Lists that Ann came through'));
    expect(await screen.findByText('From Winter to Spring')).toBeTruthy();
  });

  it('LEAD-041 LEAD-070 a file is needed, and one duplicate mode clears the other', async () => {
    open();
    fireEvent.click(await screen.findByRole('radio', { name: /Spring/ }));
    fireEvent.click(button('Upload CSV'));
    const dialog = within(await screen.findByRole('dialog'));
    const box = (name: string) => dialog.getByRole<HTMLInputElement>('checkbox', { name });
    fireEvent.click(box('Update Duplicate Records'));
    fireEvent.click(box('Migrate Duplicate to Chosen List'));
    expect(box('Update Duplicate Records').checked).toBe(false);
    expect(box('Migrate Duplicate to Chosen List').checked).toBe(true);
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    // It stands in the input and as what is wrong with it.
    await waitFor(() => expect(dialog.getAllByText('Choose a file')).toHaveLength(2));
    expect(sent()).toEqual([]);
  });
});

describe('lead lists of a process', { timeout: 30_000 }, () => {
  it('cannot be changed or deleted before one is selected, and No deletes nothing', async () => {
    open();
    const spring = await screen.findByRole('radio', { name: /Spring/ });
    expect(button('Edit').disabled).toBe(true);
    expect(button('Delete').disabled).toBe(true);
    expect(button('Upload CSV').disabled).toBe(true);
    expect(button('Add Contact').disabled).toBe(true);
    expect(button('Leads').disabled).toBe(true);
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
    const since = calls.slice(calls.findIndex((call) => call.method === 'PATCH') + 1);
    expect(since.every((call) => call.path === '/processes/7/lead-lists')).toBe(true);
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

  it('LEAD-015: are shown and selected once saved, also where their page has not been read', async () => {
    open();
    fireEvent.change(await screen.findByLabelText('Search lead lists'), { target: { value: 'spr' } });
    fireEvent.click(button('Create lead list'));
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByLabelText(/^Lead name/), { target: { value: 'Zulu' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
    const made = await screen.findByRole<HTMLInputElement>('radio', { name: /Zulu/ });
    expect(made.checked).toBe(true);
    expect(button('Edit').disabled).toBe(false);
    expect(screen.getByLabelText<HTMLInputElement>('Search lead lists').value).toBe('');
  });

  it('keep what is moved while Apply is under way for the next one', async () => {
    open();
    fireEvent.click(await screen.findByRole('radio', { name: /Spring/ }));
    await screen.findByRole('group', { name: 'Available' });
    const toAssigned = (name: string) => {
      fireEvent.click(section('Available').getByRole('checkbox', { name }));
      fireEvent.click(button('Move the selected ones to Assigned'));
    };
    toAssigned('Calls');
    const { until, letGo } = held();
    waiting = until;
    fireEvent.click(button('Apply'));
    await waitFor(() => expect(sent()).toHaveLength(1));
    toAssigned('Offers');
    letGo();
    await screen.findByText('1 change is not applied yet');
    expect(names('Assigned')).toEqual(['Calls', 'Offers']);
    expect(assigned).toEqual(new Set([90]));
    await waitFor(() => expect(button('Apply').disabled).toBe(false));
    fireEvent.click(button('Apply'));
    await waitFor(() => expect(assigned).toEqual(new Set([90, 91])));
  });

  it('forget a campaign that was deleted meanwhile', async () => {
    open();
    fireEvent.click(await screen.findByRole('radio', { name: /Spring/ }));
    await screen.findByRole('group', { name: 'Available' });
    fireEvent.click(section('Available').getByRole('checkbox', { name: 'Calls' }));
    fireEvent.click(button('Move the selected ones to Assigned'));
    refused = true;
    fireEvent.click(button('Apply'));
    await waitFor(() => expect(names('Available')).toEqual(['Offers', 'Thanks']));
    expect(names('Assigned')).toEqual([]);
    expect(button('Apply').disabled).toBe(true);
    await screen.findByText(/These campaigns do not do/);
  });

  it('of another process are not shown in place of those asked for', async () => {
    localStorage.setItem('leadloom.process.1', '8');
    processes = [process(9, 'East'), process(8, 'South')];
    showPage(LeadListsPage, '/settings/lead-lists', '/settings/lead-lists?process=7');
    await screen.findByText('This process is not yours to keep');
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Create lead list' })).toBeNull();
    expect(localStorage.getItem('leadloom.process.1')).toBe('8');
    expect(calls.some((call) => call.path.endsWith('/lead-lists'))).toBe(false);
  });

  it('ask for their place in the menu no more than whether there is a process', async () => {
    const Menu = () => useSettingsPlaces().map((place) => <p key={place.key}>{place.key}</p>);
    const asked = () => calls.filter((call) => call.path === '/processes');
    showPage(Menu);
    await screen.findByText('leadLists');
    expect(asked()).toEqual([]);
    cleanup();
    roles = ['crm_supervisor'];
    showPage(Menu);
    await screen.findByText('leadLists');
    expect(asked().map((call) => call.query.get('limit'))).toEqual(['1']);
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
