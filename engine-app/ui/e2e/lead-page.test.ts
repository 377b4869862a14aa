import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
const mark = `flow${Date.now() % 10_000_000}`;

/** Asks the server as the page does. */
function ask(method: string, path: string, body?: object): Promise<{ id: number }> {
  return page.evaluate(
    async ([how, where, what]) => {
      const token = /XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const answer = await fetch(`/api/v1${where}`, {
        method: how ?? 'GET',
        headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': decodeURIComponent(token) },
        ...(what && { body: what }),
      });
      return (await answer.json()) as { id: number };
    },
    [method, path, body && JSON.stringify(body)] as const,
  );
}

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
  for (const name of ['First', 'Middle', 'Last']) {
    await ask('POST', '/leads', {
      values: { firstName: name, lastName: mark, city: mark, email: `${name}.${mark}@example.com` },
    });
  }
});

afterAll(async () => {
  await opened.browser.close();
});

describe('the page of a lead', () => {
  const heading = (name: string) => page.getByRole('heading', { level: 1, name: `${name} ${mark}` });

  it('brings a flagged lead to the top of the list and keeps it there until the flag is gone', async () => {
    await page.goto(`${url}/leads?filter=${encodeURIComponent(`city = "${mark}"`)}`);
    const first = page.getByRole('row').nth(1);
    await first.getByText(`Last ${mark}`).waitFor();
    await page.getByRole('button', { name: `Flag First ${mark}` }).click();
    await first.getByText(`First ${mark}`).waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: `Flag First ${mark}` }).getAttribute('aria-pressed'))
      .toBe('true');
    await look('lead-list-flags');
    await page.getByRole('button', { name: `Flag First ${mark}` }).click();
    await first.getByText(`Last ${mark}`).waitFor();
  });

  it('asks before it removes the automatic flags', async () => {
    await page.getByRole('button', { name: 'More for this list' }).click();
    await page.getByRole('menuitem', { name: 'Remove bulk flags' }).click();
    await page.getByRole('dialog').getByText(/lead/).first().waitFor();
    await look('lead-remove-flags');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('goes from lead to lead in the order of the list, by keys and by buttons', async () => {
    await page.getByRole('link', { name: `Last ${mark}` }).click();
    await heading('Last').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Next lead' }).isEnabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Previous lead' }).isEnabled()).toBe(false);
    await page.keyboard.press('j');
    await heading('Middle').waitFor();
    await page.getByRole('button', { name: 'Next lead' }).click();
    await heading('First').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Previous lead' }).isEnabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Next lead' }).isEnabled()).toBe(false);
    await page.keyboard.press('k');
    await heading('Middle').waitFor();
  });

  it('shows the flow of stages and sets one with a click, and back', async () => {
    const flow = page.getByRole('list', { name: 'Stages' });
    await flow.getByRole('button').first().waitFor();
    const before = await flow.locator('[aria-current]').textContent();
    const other = flow.locator('button:not([aria-current])').first();
    const after = await other.textContent();
    await look('lead-stages');
    await other.click();
    await expect.poll(() => flow.locator('[aria-current]').textContent()).toBe(after);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expect.poll(() => flow.locator('[aria-current]').textContent()).toBe(before);
  });

  it('narrows the timeline to kinds, in the address', async () => {
    await page.getByRole('textbox', { name: 'Write a note' }).fill(`Wants a price, ${mark}`);
    await page.getByRole('button', { name: 'Save note' }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('Note created').waitFor();
    await timeline.getByText('Notes', { exact: true }).click();
    await expect.poll(() => page.url()).toContain('kinds=notes');
    await timeline.getByText('Lead created').waitFor({ state: 'detached' });
    await timeline.getByText('Note created').waitFor();
    await page.getByRole('region', { name: 'Owners' }).getByRole('listitem').first().waitFor();
    await look('lead-timeline');
  });

  it('keeps files, and attachments with their note', async () => {
    const notes = page.getByRole('region', { name: 'Notes' });
    await notes.getByRole('textbox', { name: 'Write a note' }).fill('The plan is attached');
    await notes
      .locator('input[type="file"]')
      .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan') });
    await notes.getByText('plan.txt').waitFor();
    await notes.getByRole('button', { name: 'Save note' }).click();
    await notes.getByRole('link', { name: 'plan.txt' }).waitFor();

    const files = page.getByRole('region', { name: 'Files' });
    const picker = files.locator('input[type="file"]');
    await picker.setInputFiles({
      name: 'offer.docx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('an offer'),
    });
    await files.getByRole('link', { name: 'offer.docx' }).waitFor();
    await picker.setInputFiles({ name: 'virus.exe', mimeType: 'text/plain', buffer: Buffer.from('MZ') });
    await page.getByText(/virus\.exe was not taken/).waitFor();
    await files.scrollIntoViewIfNeeded();
    await look('lead-files');
    await files.getByRole('button', { name: 'Remove offer.docx' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await files.getByRole('link', { name: 'offer.docx' }).waitFor({ state: 'detached' });
  });

  it('shows at its bottom what else belongs to it', async () => {
    const around = page.getByRole('region', { name: '360-degree view' });
    const bar = around.getByRole('button', { name: /^360-degree view/ });
    // A message may lie over it.
    await bar.press('Enter');
    await around.getByRole('heading', { name: 'Messages' }).waitFor();
    await around.getByText('Nothing was sent to this lead.').waitFor();
    await look('lead-around');
    await bar.press('Enter');
    await around.getByRole('heading', { name: 'Messages' }).waitFor({ state: 'detached' });
  });

  it('PLT-X11 PLT-X12 PLT-X13 looks as the view of the team says, which administrators make in four steps', async () => {
    const name = `North ${mark}`;
    const somebody = { login: `${mark}-n`, password: 'a password of the browser test' };
    const { id } = await api<{ id: number }>('POST', '/users', {
      login: somebody.login,
      name: somebody.login,
      password: somebody.password,
      roles: ['crm_sales'],
    });
    const team = await api<{ id: number }>('POST', '/teams', { name, members: [id] });
    await api(
      'POST',
      '/lead-view/tabs',
      { kind: 'custom', name: 'My prices', url: 'https://example.com/?q={{lead.city}}' },
      somebody,
    );

    await page.goto(`${url}/settings/lead-views`);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Give the view a name').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Next' }).click();
    await page
      .getByRole('region', { name: 'Available fields' })
      .getByText('State', { exact: true })
      .dragTo(page.getByRole('region', { name: 'Metric section' }));
    await page.getByText(/State does not hold a number/).waitFor();
    await page.getByRole('button', { name: 'Take Job title out' }).click();
    await look('lead-view-vcard');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Add Owners to Selected tabs' }).click();
    await page.getByRole('button', { name: 'Default: Messages' }).click();
    await look('lead-view-tabs');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Take Activity out' }).click();
    await look('lead-view-actions');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('dialog', { name: `Save ${name}?` })
      .getByRole('button', { name: 'Save' })
      .click();

    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Apply to teams' }).click();
    await page.getByRole('button', { name: `Apply a lead details view: ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await expect
      .poll(() => dialog.getByRole('combobox', { name: 'Lead details view' }).inputValue())
      .toBe(name);
    await look('lead-view-apply');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    const lead = await api<{ id: number }>(
      'POST',
      '/leads',
      { values: { lastName: mark, email: `ulm.${mark}@example.com`, city: 'Ulm & Co', jobTitle: 'Chair' } },
      somebody,
    );
    const context = await opened.browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
    });
    await context.route('https://example.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>Prices of the day</p>' }),
    );
    const other = await context.newPage();
    await signIn(other, somebody);
    await other.goto(`${url}/leads/${lead.id}`);
    const tab = (called: string) => other.getByRole('tab', { name: called });
    await tab('Messages').waitFor();
    expect(await tab('Messages').getAttribute('aria-selected')).toBe('true');
    await other.getByText('Nothing was sent to this lead.').waitFor();
    // The others stand behind all fields.
    expect(await other.getByText('Chair').count()).toBe(0);
    expect(await other.getByRole('button', { name: 'Log activity' }).count()).toBe(0);
    await tab('My prices').click();
    await expect.poll(() => other.url()).toContain('show=own-');
    const framed = other.frameLocator('iframe[title="My prices"]').locator('iframe');
    expect(await framed.getAttribute('src')).toBe('https://example.com/?q=Ulm%20%26%20Co');
    expect(await framed.getAttribute('sandbox')).toContain('allow-scripts');
    await framed.contentFrame().getByText('Prices of the day').waitFor();
    await lookAt(other, 'lead-view-page');

    await api('PUT', `/lead-views/teams/${team.id}`, { view: 1, replace: true });
    await other.goto(`${url}/leads/${lead.id}`);
    await tab('Activity history').waitFor();
    await other.getByRole('button', { name: 'Log activity' }).waitFor();
    expect(await tab('My prices').count()).toBe(0);
    await context.close();
    await api('DELETE', `/teams/${team.id}`);
    const { items } = await api<{ items: { id: number; name: string }[] }>('GET', '/lead-views');
    const made = items.find((view) => view.name === name);
    if (made) await api('DELETE', `/lead-views/${made.id}`);
    await page.goto(`${url}/leads?filter=${encodeURIComponent(`city = "${mark}"`)}`);
    await page.getByRole('link', { name: `Middle ${mark}` }).click();
    await heading('Middle').waitFor();
  });

  it('says that a lead is incomplete, and its form asks for what is missing', async () => {
    await page.getByText(/^Incomplete:/).waitFor();
    await page.getByRole('link', { name: 'Fill in what is missing' }).click();
    const form = page.getByRole('form', { name: 'Edit in the form' });
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await form.getByText(/inputs need your attention/).waitFor();
    await form.getByText('Choose a company, or tick New company').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid')))
      .toBe('true');
    await look('lead-form-incomplete');
    await page.goBack();
    await page.getByRole('list', { name: 'Stages' }).waitFor();
  });

  it('is whole on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('list', { name: 'Stages' }).waitFor();
    await look('lead-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is made with company and contact in the complete form, which keeps what was typed', async () => {
    await page.goto(`${url}/leads`);
    await page.getByRole('button', { name: 'New lead' }).click();
    const form = page.getByRole('form', { name: 'New lead' });
    const input = (name: string | RegExp) => form.getByRole('textbox', { name });
    const choose = async (field: string, option: string) => {
      await form.getByRole('combobox', { name: field }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    await input(/^Name/).fill(`Fifty laptops ${mark}`);
    await choose('Source', 'Vendor');
    await form.getByLabel('New company').check();
    await form.getByRole('combobox', { name: 'Existing company' }).waitFor({ state: 'detached' });
    await input(/^Company name/).fill(`Acme ${mark}`);
    await input('Company website').fill(`www.${mark}.example/`);
    await input('Company TIN').fill('12345');
    await form.getByLabel('New contact').check();
    await input('First name').fill('Ann');
    await input('Last name').fill(`Form ${mark}`);
    await look('lead-form-new');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await form.getByText('9, 10 or 12 digits and nothing else').waitFor();
    await form.getByText('Fill this in').waitFor();
    expect(await input('Last name').inputValue()).toBe(`Form ${mark}`);
    await look('lead-form-refused');
    await choose('Sales direction', 'New business');
    await input('Company TIN').fill(String(100_000_000 + (Date.now() % 800_000_000)));
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: `Ann Form ${mark}` }).waitFor();
    expect(await page.getByText(/^Incomplete:/).count()).toBe(0);
    await page
      .getByRole('link', { name: `Acme ${mark}` })
      .first()
      .waitFor();

    await page.getByRole('link', { name: 'Edit in the form' }).click();
    const edited = page.getByRole('form', { name: 'Edit in the form' });
    await edited.getByRole('textbox', { name: 'Job title' }).fill('Buyer');
    await page.getByRole('link', { name: 'Leads', exact: true }).first().click();
    await page.getByText('Leave without saving?').waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    await look('lead-form-phone');
    await page.setViewportSize({ width: 1440, height: 900 });
    await edited.getByRole('button', { name: 'Save and exit' }).click();
    await page.getByRole('heading', { level: 1, name: /^Leads/ }).waitFor();
  });

  it('threw no error in the browser', () => {
    expect(opened.errors).toEqual([]);
  });
});
