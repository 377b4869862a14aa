import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { broken, json, serve, showPage, stubBrowser } from '@/test/app';
import { useBoardLook } from './useBoardLook';

let fields: string[];
let down: boolean;

beforeAll(async () => {
  stubBrowser();
  await startI18n();
});
beforeEach(() => {
  fields = ['name', 'pipeline', 'stage'];
  down = false;
  serve(({ path }) => {
    if (path === '/schema/opportunity') {
      return json(fields.map((key) => ({ key, label: key, type: 'text', system: true })));
    }
    if (path === '/board-view') return json({ board: true });
    if (path !== '/schema/pipelines') return undefined;
    return down
      ? broken()
      : json({ items: [{ id: 1, name: 'Sales', funnel: true, pie: true, version: 1, stages: [] }] });
  });
});
afterEach(cleanup);

function Page() {
  const { board } = useBoardLook(true, {}, () => undefined);
  return board ? (
    <>
      {board.tools}
      {board.body(undefined, null)}
    </>
  ) : (
    <p>The list alone</p>
  );
}

describe('the look at opportunities', { timeout: 20_000 }, () => {
  it('is a board, or a list', async () => {
    showPage(Page);
    await screen.findByText('Board');
    expect(screen.queryByText('The list alone')).toBeNull();
  });

  it('is the list alone for who does not see the stage', async () => {
    fields = ['name', 'pipeline'];
    showPage(Page);
    await screen.findByText('The list alone');
  });

  it('says that the pipelines cannot be read, and reads them again', async () => {
    down = true;
    showPage(Page);
    const again = await screen.findByRole('button', { name: 'Try again' });
    down = false;
    fireEvent.click(again);
    await screen.findByText('Board');
  });
});
