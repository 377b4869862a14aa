import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

/** Two leads that are one person become one lead, and two again. */

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
const mark = `Merge${Date.now() % 1_000_000}`;

interface WithId {
  id: number;
}

let stays: WithId;
let goes: WithId;

beforeAll(async () => {
  stays = await api<WithId>('POST', '/leads', {
    values: {
      firstName: 'Ana',
      lastName: mark,
      phone: '+4930123456',
      city: 'Pune',
      company: 'Sharma Textiles',
    },
  });
  goes = await api<WithId>('POST', '/leads', {
    values: { firstName: 'A.', lastName: mark, city: 'Goa', email: `${mark}@example.com`, source: 'Web' },
    tags: ['Exhibition'],
  });
  for (const text of ['Wants a callback', 'Asked for samples']) {
    await api('POST', '/notes', { values: { text, lead: stays.id } });
  }
  await api('POST', '/activities', {
    type: 'email-sent',
    values: { lead: goes.id, subject: `Offer for ${mark}` },
  });
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
});

afterAll(async () => {
  await opened.browser.close();
});

const heading = (name: string) => page.getByRole('heading', { level: 1, name });

describe('merging', () => {
  it('is offered for the leads that are selected in the list', async () => {
    await page.goto(`${url}/leads?filter=${encodeURIComponent(`lastName = "${mark}"`)}`);
    const rows = page.getByRole('grid').getByRole('checkbox', { name: new RegExp(mark) });
    await rows.nth(1).waitFor();
    expect(await rows.count()).toBe(2);
    await rows.nth(0).click();
    await rows.nth(1).click();
    await page.getByRole('button', { name: 'More for the selected records' }).click();
    await page.getByRole('menuitem', { name: 'Merge' }).click();
    await heading('Merge 2 leads').waitFor();
  });

  it('shows the values beside each other, the gaps filled', async () => {
    const group = (name: string) => page.getByRole('group', { name, exact: true });
    const stay = group('Stays').getByRole('radio', { name: `Ana ${mark}` });
    await stay.waitFor();
    expect(await stay.isChecked()).toBe(true);
    expect(await group('City').getByRole('radio', { name: 'Pune' }).isChecked()).toBe(true);
    expect(
      await group('E-mail')
        .getByRole('radio', { name: `${mark}@example.com` })
        .isChecked(),
    ).toBe(true);
    await group('City').getByRole('radio', { name: 'Goa' }).click();
    await look('merge');
    await page.setViewportSize({ width: 390, height: 844 });
    await look('merge-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('makes one lead of them, with what belonged to both', async () => {
    await page.getByRole('button', { name: 'Merge 2 records into one' }).click();
    await heading(`Ana ${mark}`).waitFor();
    expect(page.url()).toContain(`/leads/${stays.id}`);
    await page.getByText(`Offer for ${mark}`).first().waitFor();
    await page.getByRole('region', { name: 'Merged into this' }).getByText(`A. ${mark}`).waitFor();
    const { values } = await api<{ values: Record<string, unknown> }>('GET', `/leads/${stays.id}`);
    expect(values).toMatchObject({ city: 'Goa', email: `${mark}@example.com`, company: 'Sharma Textiles' });
    await look('merged');
  });

  it('leads from the old address to the lead', async () => {
    await page.goto(`${url}/leads/${goes.id}`);
    await heading(`Ana ${mark}`).waitFor();
    await page.getByText(/This was merged and is part of Ana/).waitFor();
    await page.waitForURL(`${url}/leads/${stays.id}`);
  });

  it('is taken back, after it was asked and what stays was told', async () => {
    await api('PATCH', `/leads/${stays.id}`, { values: { city: 'Delhi' } });
    await page.getByRole('button', { name: 'Take back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('City keeps').waitFor();
    await dialog.getByText('Delhi').waitFor();
    await look('merge-undo');
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await page.getByText(/The merge was taken back/).waitFor();
    await page.getByRole('region', { name: 'Merged into this' }).waitFor({ state: 'detached' });
    await page.goto(`${url}/leads/${goes.id}`);
    await heading(`A. ${mark}`).waitFor();
    expect(opened.errors).toEqual([]);
  });
});

describe('likely duplicates', () => {
  const twin = `Twin${mark}`;
  const email = `${twin}@example.com`.toLowerCase();
  const group = () => page.getByRole('region', { name: new RegExp(`Same e-mail address: .*${twin}`) });

  it('are hinted at while a lead is made, without standing in the way', async () => {
    await api('POST', '/leads', { values: { firstName: 'Tara', lastName: twin, email } });
    await page.goto(`${url}/leads?create=true`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Last name').fill(twin);
    // What was made a moment ago is compared a moment later.
    const hint = dialog.getByRole('status');
    await expect
      .poll(
        async () => {
          await dialog.getByLabel('E-mail').fill(`${email}x`);
          await dialog.getByLabel('E-mail').fill(email.toUpperCase());
          await page.waitForTimeout(700);
          return hint.count();
        },
        { timeout: 15_000 },
      )
      .toBe(1);
    await hint.getByRole('link', { name: `Tara ${twin}` }).waitFor();
    await look('duplicate-hint');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await heading(twin).waitFor();
  });

  it('are shown on the page of the lead', async () => {
    await expect
      .poll(
        async () => {
          await page.reload();
          await heading(twin).waitFor();
          await page.waitForLoadState('networkidle');
          return page.getByRole('status').filter({ hasText: 'Looks like another record' }).count();
        },
        { timeout: 15_000 },
      )
      .toBe(1);
    await look('duplicate-lead');
  });

  it('stand in the report, are told apart and come back by an undo', async () => {
    await page.goto(`${url}/duplicates?match=sure`);
    await group().waitFor();
    await look('duplicates');
    await page.setViewportSize({ width: 390, height: 844 });
    await look('duplicates-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await group().getByRole('button', { name: 'Not duplicates' }).click();
    await group().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await group().waitFor();
  });

  it('lead to the merge', async () => {
    await group().getByRole('button', { name: 'Merge…' }).click();
    await heading('Merge 2 leads').waitFor();
  });

  it('are found by rules that administrators keep', async () => {
    await page.goto(`${url}/settings/duplicates`);
    const leads = page.getByRole('region', { name: 'Leads', exact: true });
    await leads.getByText('Same e-mail address').waitFor();
    await look('duplicate-rules');
    await page.setViewportSize({ width: 390, height: 844 });
    await look('duplicate-rules-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await leads.getByRole('button', { name: 'Add rule for Leads' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'City' }).click();
    await look('duplicate-rule-new');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await leads.getByText('Same City').waitFor();
    await leads.getByRole('button', { name: 'More for Same City' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await leads.getByText('Same City').waitFor({ state: 'detached' });
    expect(opened.errors).toEqual([]);
  });
});

describe('erasing for good', () => {
  const gone = `Gone${mark}`;

  it('asks for a word', async () => {
    const { id } = await api<WithId>('POST', '/leads', { values: { lastName: gone, phone: '+4930123456' } });
    await api('DELETE', `/leads/${id}`);
    await page.goto(`${url}/trash?entity=leads&q=${gone}`);
    await page.getByRole('checkbox', { name: `Select ${gone}` }).click();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    const dialog = page.getByRole('dialog');
    const erase = dialog.getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await dialog.getByLabel('Type DELETE to confirm').fill('DELETE');
    await look('erase');
    await erase.click();
    await page.getByText('1 record is erased').waitFor();
    await page.getByText('Nothing matches').waitFor();
    expect(opened.errors).toEqual([]);
  });
});
