import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { FormDialog } from '@/components/FormDialog';
import { json, stubBrowser } from '@/test/app';
import { Server, show } from '@/test/server';
import type { ListedUser } from '../api/users';
import { UserForm } from './UserForm';

const PAT: ListedUser = {
  id: 7,
  version: 1,
  login: 'pat',
  name: 'Pat',
  email: 'pat@example.com',
  emailConfirmed: false,
  roles: ['crm_sales'],
};

let server: Server;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  server = new Server();
  server.state['/roles'] = [{ key: 'crm_sales', label: 'Sales user' }];
  server.start();
});
afterEach(cleanup);

function form(user: ListedUser) {
  show(
    <FormDialog opened onClose={() => undefined}>
      <UserForm user={user} onDone={() => undefined} onHandOver={() => undefined} />
    </FormDialog>,
  );
}

// Large forms take their time on a busy machine.
describe('the form of a user', { timeout: 30_000 }, () => {
  it('says that roles could not be read instead of offering none, and tries again', async () => {
    server.broken.add('/roles');
    form(PAT);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The database is away');
    server.broken.clear();
    fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    // Among the choices and as what is chosen.
    await waitFor(() => expect(screen.getAllByText('Sales user').length).toBeGreaterThan(0));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('shows that an address is not confirmed, and confirms the one that is shown', async () => {
    server.writes = () => json({ ...PAT, emailConfirmed: true }, 200);
    form(PAT);
    await screen.findByText('Not confirmed');
    fireEvent.click(await screen.findByRole('button', { name: 'Confirm address' }));
    const asked = await screen.findByRole('dialog', { name: 'Confirm the address of Pat?' });
    // The shade of another question would lie over this one.
    expect(document.querySelectorAll('.mantine-Modal-overlay')).toHaveLength(1);
    fireEvent.click(within(asked).getByRole('button', { name: 'Confirm address' }));
    await screen.findByText('Confirmed');
    expect(server.sent).toEqual([
      { method: 'PUT', path: '/users/7/confirmed-email', body: { email: 'pat@example.com' } },
    ]);
  });

  it('says nothing about an address that is being replaced but that saving vouches for it', async () => {
    form(PAT);
    await screen.findByText('Not confirmed');
    fireEvent.change(screen.getByLabelText('E-mail'), { target: { value: 'other@example.com' } });
    expect(screen.queryByText('Not confirmed')).toBeNull();
    screen.getByText('Counts as confirmed once you save it.');
  });

  it('sends the reader elsewhere for the own address and password', async () => {
    form({ ...PAT, id: 1 });
    const profile = await screen.findByRole('link', { name: 'profile' });
    expect(profile.getAttribute('href')).toBe('/profile');
    expect(screen.getByRole('link', { name: 'Security' }).getAttribute('href')).toBe('/profile/security');
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('E-mail').readOnly).toBe(true));
    expect(screen.queryByLabelText('New password')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Confirm address' })).toBeNull();
  });
});
