import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { api, look as lookAt, misnamed, type Opened, openBrowser, signIn, url } from './browser';

/** Integrations of lead sources: set up, a lead comes in, one is refused, the mapping is mended, it is tried again (LEAD-128). */

const mark = `Web ${Date.now().toString(36)}`;
let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);

interface Integration {
  id: number;
  name: string;
  path: string;
}

const find = async () =>
  (await api<{ items: Integration[] }>('GET', '/settings/lead-integrations')).items.find(
    ({ name }) => name === mark,
  );

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
});

afterAll(async () => {
  const one = await find();
  if (one) await api('DELETE', `/settings/lead-integrations/${one.id}`);
  await opened.browser.close();
});

it('takes leads of a form in, keeps what is refused, and tries it again when the mapping is mended', async () => {
  await page.goto(`${url}/settings/lead-integrations`);
  await page.getByRole('button', { name: 'Add integration' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add integration' });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(mark);
  await dialog.getByRole('combobox', { name: 'Source' }).click();
  await page.getByRole('option', { name: 'Website form' }).click();
  await look('lead-sources-add');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('heading', { name: mark }).waitFor();
  await page.getByText('Form for your website').waitFor();
  expect(await misnamed(page, 'main')).toEqual([]);
  await look('lead-sources-connect');

  const one = await find();
  if (!one) throw new Error('The integration is not there');
  const post = (body: Record<string, string>) =>
    fetch(url + one.path, { method: 'POST', body: new URLSearchParams(body) });
  expect((await post({ lastName: mark, email: 'web@source.example' })).status).toBe(201);
  expect((await post({ wer: mark, wo: 'web2@source.example' })).status).toBe(422);

  await page.getByRole('tab', { name: 'Deliveries' }).click();
  await page.getByText('New lead', { exact: true }).first().waitFor();
  await page.getByText('Refused', { exact: true }).first().waitFor();
  await look('lead-sources-deliveries');

  await page.getByRole('tab', { name: 'Fields' }).click();
  for (const [outside, field] of [
    ['wer', 'Last name'],
    ['wo', 'E-mail'],
  ] as const) {
    await page.getByRole('button', { name: 'Add line' }).click();
    await page.getByPlaceholder('Name in the delivery').last().fill(outside);
    await page.getByRole('combobox', { name: `Field for ${outside}` }).click();
    await page.getByRole('option', { name: field, exact: true }).click();
  }
  await look('lead-sources-fields');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  await page.getByRole('button', { name: 'Try again', exact: true }).click();
  await expect
    .poll(() => page.getByText('New lead', { exact: true }).count(), { timeout: 15_000 })
    .toBeGreaterThan(1);
  await page.goto(`${url}/settings/lead-integrations`);
  await page.getByRole('link', { name: mark }).waitFor();
  await look('lead-sources');
});
