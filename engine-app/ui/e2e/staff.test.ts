import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

/** Administration of people: the tree by mouse and by keyboard, invitations, and users from a file. */

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
/** Keeps one run of these tests apart from the others on the same database. */
const mark = `Tree${Date.now() % 1_000_000}`;
const ids: Record<string, number> = {};

interface WithId {
  id: number;
}

async function hire(name: string, superior?: string): Promise<void> {
  const email = `${name}.${mark}@example.com`.toLowerCase();
  const made = await api<WithId>('POST', '/users', {
    name: `${mark} ${name}`,
    login: email,
    email,
    roles: ['crm_sales'],
    invite: true,
    ...(superior ? { reportsTo: ids[superior] } : {}),
  });
  ids[name] = made.id;
}

async function superiorOf(name: string): Promise<number | null> {
  return (await api<{ reportsTo: number | null }>('GET', `/users/${ids[name]}`)).reportsTo;
}

const row = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${mark} ${name}\\b`) });

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
  await hire('Ann');
  await hire('Bob', 'Ann');
  await hire('Cyd', 'Bob');
  await hire('Dan');
  // From the source that "Welcome new lead", which other browser tests publish, answers by mail: any other would bring
  // its owner a task.
  const values = { lastName: `${mark} lead`, email: `${mark}@example.com`, source: 'Web', owner: ids['Cyd'] };
  await api('POST', '/leads', { values });
});

afterAll(async () => {
  await opened.browser.close();
});

describe('the hierarchy', () => {
  it('moves somebody by dragging, after saying what that does', async () => {
    await page.goto(`${url}/settings/hierarchy`);
    await page.getByLabel('Search people').fill(mark);
    await row('Cyd').waitFor();
    await look('hierarchy');
    await row('Bob').dragTo(row('Dan'));
    const dialog = page.getByRole('dialog', { name: `Move ${mark} Bob` });
    // The lead and its contact.
    await dialog.getByText(`2 people and 2 records come under ${mark} Dan.`).waitFor();
    await look('hierarchy-move');
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText(`${mark} Bob reports to: ${mark} Dan`).waitFor();
    expect(await superiorOf('Bob')).toBe(ids['Dan']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => superiorOf('Bob')).toBe(ids['Ann']);
  });

  it('refuses to put somebody under those who report to them, and says why', async () => {
    await page.goto(`${url}/settings/hierarchy`);
    await page.getByLabel('Search people').fill(mark);
    await row('Ann').dragTo(row('Cyd'));
    const dialog = page.getByRole('dialog', { name: `Move ${mark} Ann` });
    await dialog.getByText(/nobody can be above themselves/).waitFor();
    await expect
      .poll(() => dialog.getByRole('button', { name: 'Move', exact: true }).isDisabled())
      .toBe(true);
    await page.keyboard.press('Escape');
    expect(await superiorOf('Ann')).toBeNull();
  });

  it('is walked and changed with the keyboard alone', async () => {
    await page.goto(`${url}/settings/hierarchy`);
    await page.getByLabel('Search people').fill(mark);
    await row('Cyd').waitFor();
    await page.getByRole('tree').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => row('Cyd').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: `Move ${mark} Cyd` });
    const superior = dialog.getByLabel('New superior').first();
    await superior.fill(`${mark} Dan`);
    await page.getByRole('option', { name: `${mark} Dan` }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByText(/come under/).waitFor();
    await dialog.getByRole('button', { name: 'Move', exact: true }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => superiorOf('Cyd')).toBe(ids['Dan']);
  });

  it('tells somebody who looks at an old tree that it is old', async () => {
    await page.goto(`${url}/settings/hierarchy`);
    await page.getByLabel('Search people').fill(mark);
    await row('Bob').waitFor();
    await api('PATCH', `/users/${ids['Bob']}`, { phone: '1' });
    await row('Bob').dragTo(row('Dan'));
    const dialog = page.getByRole('dialog', { name: `Move ${mark} Bob` });
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await dialog.getByText('Somebody else changed the user meanwhile').waitFor();
    expect(await superiorOf('Bob')).toBe(ids['Ann']);
  });

  it('keeps who moved whom', async () => {
    await page.goto(`${url}/settings/hierarchy`);
    await page.getByLabel('Search people').fill(mark);
    await page.getByRole('button', { name: `Actions for ${mark} Cyd` }).click();
    await page.getByRole('menuitem', { name: 'History of moves' }).click();
    const table = page.getByRole('dialog').getByRole('table', { name: 'History of moves' });
    await table.getByRole('row', { name: new RegExp(`${mark} Bob.*${mark} Dan`) }).waitFor();
    await look('hierarchy-history');
  });
});

describe('users', () => {
  it('are invited by mail and found by their state', async () => {
    await page.goto(`${url}/settings/users?search=${mark.toLowerCase()}`);
    const table = page.getByRole('table', { name: 'Users' });
    await table.getByRole('row', { name: new RegExp(`${mark} Ann.*Invited`) }).waitFor();
    await look('users');
    await page.getByRole('button', { name: 'Add user' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add user' });
    await dialog.getByLabel(/^Name/).fill(`${mark} Eve`);
    await dialog.getByLabel('E-mail').fill(`eve.${mark}@example.com`.toLowerCase());
    await look('user-new');
    await dialog.getByRole('button', { name: 'Create and invite' }).click();
    await table.getByRole('row', { name: new RegExp(`${mark} Eve.*Invited`) }).waitFor();
  });

  it('come from a file that is looked at before it is written', async () => {
    await page.goto(`${url}/settings/users`);
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import users' });
    const at = `${mark}@example.com`.toLowerCase();
    const file = (roles: string) => ({
      name: 'users.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `name,email,roles,superior\n${mark} Fay,fay.${at},${roles},ann.${at}\n${mark} Gus,gus.${at},agent,fay.${at}\n`,
      ),
    });
    await dialog.locator('input[type=file]').setInputFiles(file('king'));
    await dialog.getByText(/roles.*king/).waitFor();
    await look('user-import-problems');
    await expect.poll(() => dialog.getByRole('button', { name: /^Import/ }).isDisabled()).toBe(true);
    await dialog.locator('input[type=file]').setInputFiles(file('crm_sales'));
    await dialog.getByRole('button', { name: 'Import 2 users' }).click();
    await dialog.getByText('The file is imported').waitFor();
    await look('user-import-done');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const found = await api<{ items: WithId[] }>('GET', `/users?search=fay.${at}`);
    expect(found.items).toHaveLength(1);
    expect(opened.errors).toEqual([]);
  });
});
