import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { PictureInput } from './PictureInput';

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  await startI18n();
});
afterEach(cleanup);

function show() {
  const onPick = vi.fn();
  const onRemove = vi.fn();
  render(
    <MantineProvider env="test">
      <PictureInput
        label="Logo"
        preview={null}
        present
        error={null}
        busy={false}
        question={{ title: 'Remove the logo?', text: 'It is gone then.' }}
        onPick={onPick}
        onRemove={onRemove}
      />
    </MantineProvider>,
  );
  return { input: screen.getByLabelText<HTMLInputElement>('Logo'), onPick, onRemove };
}

describe('the input of a picture', () => {
  it('forgets what was chosen, so that the same file can be chosen again', () => {
    const { input, onPick } = show();
    const forgotten = vi.spyOn(input, 'value', 'set');
    const picture = new File(['x'], 'logo.png', { type: 'image/png' });
    fireEvent.change(input, { target: { files: [picture] } });
    expect(onPick).toHaveBeenCalledWith(picture);
    expect(forgotten).toHaveBeenCalledWith('');
  });

  it('says no more that a picture is too large once another thing is done', () => {
    const { input, onPick, onRemove } = show();
    const large = new File([new Uint8Array(2 * 1024 * 1024 + 1)], 'logo.png', { type: 'image/png' });
    fireEvent.change(input, { target: { files: [large] } });
    screen.getByRole('alert');
    expect(onPick).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(onRemove).not.toHaveBeenCalled();
  });

  it('asks before it removes the picture', { timeout: 30_000 }, async () => {
    const { onRemove } = show();
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    const asked = await screen.findByRole('dialog', { name: 'Remove the logo?' });
    fireEvent.click(within(asked).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(onRemove).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Remove' }));
    expect(onRemove).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
