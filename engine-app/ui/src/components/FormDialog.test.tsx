import { MantineProvider, TextInput } from '@mantine/core';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { FormDialog } from './FormDialog';
import { useLeave, useUnsaved } from './unsaved';

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  window.scrollTo = () => undefined;
  await startI18n();
});
afterEach(cleanup);

function Form({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('Ada');
  const [elsewhere, setElsewhere] = useState(false);
  useUnsaved({ name });
  const leave = useLeave();
  if (elsewhere) return <p>Another tab</p>;
  return (
    <>
      <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <button onClick={onDone}>Cancel</button>
      <button onClick={() => leave(() => setElsewhere(true))}>Elsewhere</button>
    </>
  );
}

async function show() {
  const onClose = vi.fn();
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => (
      <FormDialog opened onClose={onClose} title="Change Ada">
        <Form onDone={onClose} />
      </FormDialog>
    ),
  });
  const other = createRoute({
    getParentRoute: () => root,
    path: '/other',
    component: () => <p>Other page</p>,
  });
  const router = createRouter({
    routeTree: root.addChildren([page, other]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  render(
    <MantineProvider env="test">
      <RouterProvider router={router} />
    </MantineProvider>,
  );
  const input = await screen.findByLabelText<HTMLInputElement>('Name');
  const type = (text: string) => fireEvent.change(input, { target: { value: text } });
  const close = () => fireEvent.click(screen.getAllByLabelText('Close')[0] as HTMLElement);
  return { onClose, router, type, close };
}
const asked = () => screen.queryByText('Leave without saving?');

describe('a dialog with a form', () => {
  it('closes at once while nothing has changed, also when a change was taken back', async () => {
    const { onClose, type, close } = await show();
    type('Grace');
    type('Ada');
    close();
    expect(onClose).toHaveBeenCalledOnce();
    expect(asked()).toBeNull();
  });

  it('asks before what was typed is lost, and stays when that is wished (SET-002)', async () => {
    const { onClose, type, close } = await show();
    type('Grace');
    close();
    expect(asked()).not.toBeNull();
    expect(onClose).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('Stay'));
    await waitFor(() => expect(asked()).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Grace');
    close();
    fireEvent.click(screen.getByText('Leave'));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('asks on Escape once, and Escape on the question goes back to the form', async () => {
    const { onClose, type } = await show();
    type('Grace');
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(asked()).not.toBeNull();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    await waitFor(() => expect(asked()).toBeNull());
    expect(onClose).not.toHaveBeenCalled();
  });

  it('asks before another place in it and before another page, but not for its own Cancel', async () => {
    const { onClose, router, type } = await show();
    type('Grace');
    fireEvent.click(screen.getByText('Elsewhere'));
    expect(asked()).not.toBeNull();
    fireEvent.click(screen.getByText('Stay'));
    await waitFor(() => expect(asked()).toBeNull());
    void act(() => void router.navigate({ to: '/other' as never }));
    await waitFor(() => expect(asked()).not.toBeNull());
    expect(router.state.location.pathname).toBe('/');
    fireEvent.click(screen.getByText('Stay'));
    fireEvent.click(screen.getByText('Cancel'));
    expect(onClose).toHaveBeenCalledOnce();
    fireEvent.click(screen.getByText('Elsewhere'));
    fireEvent.click(screen.getByText('Leave'));
    await screen.findByText('Another tab');
  });
});
