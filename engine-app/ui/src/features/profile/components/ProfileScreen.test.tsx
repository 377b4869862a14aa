import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { stubBrowser } from '@/test/app';
import { Server, show } from '@/test/server';
import { ProfileScreen } from './ProfileScreen';

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
afterEach(cleanup);

it(
  'says that the profile was changed elsewhere, and begins anew when it is loaded again',
  { timeout: 30_000 },
  async () => {
    const server = new Server();
    server.start();
    const profile = {
      id: 1,
      login: 'admin',
      name: 'Admin',
      accountTimeZone: 'Europe/Berlin',
      availability: {},
      version: 1,
    };
    server.state['/profile'] = profile;
    const client = show(<ProfileScreen />);
    const name = await screen.findByLabelText<HTMLInputElement>(/^Name/);
    fireEvent.change(name, { target: { value: 'Mine' } });
    server.state['/profile'] = { ...profile, name: 'Theirs', version: 2 };
    await client.refetchQueries({ queryKey: ['profile'] });
    expect(name.value).toBe('Mine');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    const again = await screen.findByRole('button', { name: 'Load again' });
    expect(screen.getByRole('alert').textContent).toContain('Somebody else changed it meanwhile');
    expect(server.sent.at(-1)).toMatchObject({ path: '/profile', body: { version: 1, name: 'Mine' } });
    fireEvent.click(again);
    await waitFor(() => expect(name.value).toBe('Theirs'));
    expect(screen.queryByRole('alert')).toBeNull();
  },
);
