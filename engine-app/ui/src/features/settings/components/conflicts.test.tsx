import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { stubBrowser } from '@/test/app';
import { Server, show } from '@/test/server';
import type { ListedUser } from '../api/users';
import { ExceptionsEditor } from '../staff/ExceptionsEditor';
import { TeamsPage } from '../staff/GroupsPage';
import { AuthenticationProfilesPage } from './AuthenticationProfilesPage';
import { CompanyPage } from './CompanyPage';
import { FeaturesPage } from './FeaturesPage';
import { PermissionsPage } from './PermissionsPage';
import { SingleSignOnPage } from './SingleSignOnPage';

let server: Server;
let state: Server['state'];

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  server = new Server();
  server.start();
  state = server.state;
});
afterEach(cleanup);

const type = (text: string) =>
  fireEvent.change(within(screen.getByRole('dialog')).getByLabelText(/^Name/), { target: { value: text } });
const nameTyped = () => within(screen.getByRole('dialog')).getByLabelText<HTMLInputElement>(/^Name/).value;

/** Saves, is told of the other's change, and loads that. */
async function savedAndLoadedAgain() {
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  const again = await screen.findByRole('button', { name: 'Load again' });
  expect(screen.getByRole('alert').textContent).toContain('Somebody else changed it meanwhile');
  expect(server.sent.at(-1)?.body['version']).toBe(1);
  fireEvent.click(again);
}

// Large forms take their time on a busy machine.
describe('a form whose record somebody else has changed meanwhile', { timeout: 30_000 }, () => {
  it('of a team says so and begins anew', async () => {
    const team = { id: 7, name: 'West', members: [], version: 1 };
    state['/teams'] = { items: [team] };
    show(<TeamsPage />);
    fireEvent.click(await screen.findByRole('button', { name: 'West' }));
    type('Mine');
    state['/teams'] = { items: [{ ...team, name: 'Theirs', version: 2 }] };
    await savedAndLoadedAgain();
    await waitFor(() => expect(nameTyped()).toBe('Theirs'));
  });

  it('of an authentication profile says so and begins anew', async () => {
    const profile = {
      id: 7,
      name: 'West',
      description: '',
      secondFactor: false,
      mobileRedirect: false,
      members: [],
      version: 1,
    };
    const page = (one: object) => ({ items: [one], mobile: false });
    state['/authentication-profiles'] = page(profile);
    show(<AuthenticationProfilesPage />);
    fireEvent.click(await screen.findByRole('button', { name: 'West' }));
    type('Mine');
    state['/authentication-profiles'] = page({ ...profile, name: 'Theirs', version: 2 });
    await savedAndLoadedAgain();
    await waitFor(() => expect(nameTyped()).toBe('Theirs'));
  });

  it('of a provider is refused by the version that was read, also when the list was read again', async () => {
    const provider = {
      id: 7,
      name: 'West',
      issuer: 'https://login.example.com',
      clientId: 'x',
      scopes: ['openid'],
      domains: [],
      newcomers: null,
      signOut: false,
      active: true,
      people: 0,
      version: 1,
    };
    const page = (one: object) => ({ items: [one], callback: '/c/', signedOut: '/sign-in' });
    state['/settings/single-sign-on'] = page(provider);
    const client = show(<SingleSignOnPage />);
    fireEvent.click(await screen.findByRole('button', { name: 'West' }));
    type('Mine');
    state['/settings/single-sign-on'] = page({ ...provider, name: 'Theirs', version: 2 });
    await client.refetchQueries({ queryKey: ['single-sign-on'] });
    await savedAndLoadedAgain();
    await waitFor(() => expect(nameTyped()).toBe('Theirs'));
  });

  it('of the features keeps what is chosen until it is loaded again', async () => {
    state['/features'] = { features: { imports: true, starts: true, mailbox: true }, version: 1 };
    const client = show(<FeaturesPage />);
    const [first] = await screen.findAllByRole<HTMLInputElement>('switch');
    fireEvent.click(first as HTMLElement);
    state['/features'] = { features: { imports: true, starts: false, mailbox: true }, version: 2 };
    await client.refetchQueries({ queryKey: ['features'] });
    expect(screen.getAllByRole<HTMLInputElement>('switch')[0]?.checked).toBe(false);
    await savedAndLoadedAgain();
    await waitFor(() =>
      expect(screen.getAllByRole<HTMLInputElement>('switch').map((each) => each.checked)).toEqual([
        true,
        false,
        true,
        true,
        true,
      ]),
    );
  });

  it('of the company keeps what is typed until it is loaded again', async () => {
    const company = { name: 'Acme', address: {}, timeZone: 'Europe/Berlin', version: 1 };
    state['/settings/company'] = company;
    state['/settings/account-key'] = { header: 'X-Leadloom-Key' };
    const client = show(<CompanyPage />);
    const name = await screen.findByLabelText<HTMLInputElement>(/^Company name/);
    fireEvent.change(name, { target: { value: 'Mine' } });
    state['/settings/company'] = { ...company, name: 'Theirs', version: 2 };
    await client.refetchQueries({ queryKey: ['settings', 'company'] });
    expect(name.value).toBe('Mine');
    await savedAndLoadedAgain();
    await waitFor(() => expect(name.value).toBe('Theirs'));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });

  const template = (version: number, name: string) => ({
    id: 3,
    version,
    name,
    fixed: false,
    changed: false,
    roles: [],
    grants: { sections: {}, fields: {} },
  });
  const templates = (one: object) => ({
    items: [one],
    sections: [{ key: 'lead', record: true, reaching: true, actions: ['view'] }],
  });

  it('of what one user may do names fields as people do, says so and begins anew', async () => {
    const user: ListedUser = { id: 7, login: 'pat', name: 'Pat', roles: ['crm_sales'] };
    const held = (version: number, rule: string) => ({
      version,
      templates: [],
      exceptions: { sections: {}, fields: { lead: { workPhone: rule } } },
    });
    state['/permission-templates'] = templates(template(1, 'Sales'));
    state['/schema/lead'] = [{ key: 'workPhone', label: 'Phone at work', type: 'phone' }];
    state['/users/7/permissions'] = held(1, 'hidden');
    show(<ExceptionsEditor user={user} onDone={() => undefined} />);
    const rule = await screen.findByRole<HTMLSelectElement>('combobox', {
      name: /^This user, Leads?: Phone at work$/,
    });
    fireEvent.change(rule, { target: { value: 'open' } });
    state['/users/7/permissions'] = held(2, 'readOnly');
    await savedAndLoadedAgain();
    await waitFor(() => expect(rule.value).toBe('readOnly'));
    expect(server.sent.at(-1)).toMatchObject({
      path: '/users/7/permissions',
      body: { exceptions: { fields: { lead: { workPhone: 'open' } } } },
    });
  });

  it('of a permission template keeps what is typed until it is loaded again', async () => {
    state['/permission-templates'] = templates(template(1, 'West'));
    state['/schema/lead'] = [];
    const client = show(<PermissionsPage />);
    const name = await screen.findByLabelText<HTMLInputElement>(/^Name/);
    fireEvent.change(name, { target: { value: 'Mine' } });
    state['/permission-templates'] = templates(template(2, 'Theirs'));
    await client.refetchQueries({ queryKey: ['permission-templates'] });
    expect(name.value).toBe('Mine');
    await savedAndLoadedAgain();
    await waitFor(() => expect(name.value).toBe('Theirs'));
  });
});
