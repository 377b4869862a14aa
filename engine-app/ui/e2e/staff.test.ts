import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

/** Administration of people: the tree by mouse and by keyboard, invitations, users from a file, and lead lists of processes. */

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
  await api('POST', '/leads', { values: { lastName: `${mark} lead`, owner: ids['Cyd'] } });
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

describe('lead lists of a process', () => {
  const lists = () => page.getByRole('table', { name: 'Lead lists' });

  it('come on a table definition and a process with people', async () => {
    await page.goto(`${url}/settings/tables`);
    await page.getByRole('button', { name: 'Add table definition' }).click();
    let dialog = page.getByRole('dialog', { name: 'Add table definition' });
    await dialog.getByLabel(/^Name/).first().fill(`${mark} table`);
    await dialog.getByRole('button', { name: 'Add column' }).click();
    await dialog
      .getByLabel(/^Column/)
      .last()
      .fill('Town');
    await dialog
      .getByLabel(/^Field of leads/)
      .last()
      .fill('Zip');
    await page.getByRole('option', { name: 'Zip', exact: true }).click();
    await dialog.getByRole('button', { name: 'Move Town up' }).click();
    await look('table-new');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page
      .getByRole('table', { name: 'Tables' })
      .getByText('phone1, name, Town, email')
      .first()
      .waitFor();
    await look('tables');

    await page.goto(`${url}/settings/processes`);
    await page.getByRole('button', { name: 'Add process' }).click();
    dialog = page.getByRole('dialog', { name: 'Add process' });
    await dialog.getByLabel(/^Name/).fill(`${mark} process`);
    await dialog
      .getByLabel(/^Table definition/)
      .first()
      .fill(`${mark} table`);
    await page.getByRole('option', { name: `${mark} table` }).click();
    await dialog.getByLabel('Supervisors').first().fill('admin');
    await page.getByRole('option').first().click();
    await look('process-new');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: `${mark} process`, exact: true }).waitFor();
    await look('processes');
  });

  it('are made, switched off, assigned to campaigns and deleted', async () => {
    const found = await api<{ items: { id: number; name: string }[] }>('GET', '/processes?limit=200');
    const process = found.items.find((each) => each.name === `${mark} process`)?.id;
    await page.goto(`${url}/settings/lead-lists?process=${process}`);
    await page.getByText('No lead lists yet').waitFor();
    await look('lead-lists-none');
    for (const name of ['Spring', 'Summer']) {
      await page.getByRole('button', { name: 'Create lead list' }).click();
      const dialog = page.getByRole('dialog', { name: 'Create lead list' });
      await dialog.getByLabel(/^Lead name/).fill(`${mark} ${name}`);
      await dialog.getByLabel('Description').fill('From the fair');
      if (name === 'Spring') await look('lead-list-new');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await lists().getByText(`${mark} ${name}`).waitFor();
    }
    const on = page.getByRole('switch', { name: `${mark} Summer is enabled` });
    await on.click({ force: true });
    await expect.poll(() => on.isChecked()).toBe(false);

    await page.getByRole('button', { name: 'Campaigns', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Campaigns of ${mark} process` });
    for (const name of ['Calls', 'Offers']) {
      await dialog.getByRole('button', { name: 'Add campaign' }).click();
      await dialog.getByLabel(/^Campaign/).fill(name);
      await dialog.getByRole('button', { name: 'Create' }).click();
      await dialog.getByRole('cell', { name }).waitFor();
    }
    await look('campaigns');
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: new RegExp(`${mark} Spring`) }).click();
    await page.getByRole('checkbox', { name: 'Calls' }).check();
    await page.getByRole('button', { name: 'Move the selected ones to Assigned' }).click();
    await page.getByText('1 change is not applied yet').waitFor();
    await look('lead-lists');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Campaigns assigned').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await look('lead-lists-phone');
    await page.setViewportSize({ width: 1440, height: 900 });

    await page.reload();
    await page.getByRole('radio', { name: new RegExp(`${mark} Spring`) }).click();
    await page.getByRole('group', { name: 'Assigned' }).getByRole('checkbox', { name: 'Calls' }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await look('lead-list-delete');
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await lists().getByText(`${mark} Spring`).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await lists().getByText(`${mark} Spring`).waitFor({ state: 'detached' });
    expect(opened.errors).toEqual([]);
  });
});
