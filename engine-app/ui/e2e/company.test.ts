import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  api,
  changeProfile,
  type CompanySettings,
  look as lookAt,
  misnamed,
  type Opened,
  openBrowser,
  ownProfile,
  putCompanyBack,
  signIn,
  url,
} from './browser';

/** The account's own pages: business info, features, and the profile of whoever is signed in. */

let opened: Opened;
let page: Page;
let before: CompanySettings;
let profile: Record<string, unknown>;
let switches: Record<string, boolean>;
const look = (name: string) => lookAt(page, name);

async function putBack(): Promise<void> {
  await putCompanyBack(before);
  await changeProfile(profile);
  const features = await api<{ version: number }>('GET', '/features');
  await api('PUT', '/settings/features', { version: features.version, features: switches });
}

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  before = await api('GET', '/settings/company');
  profile = await ownProfile();
  switches = (await api<{ features: Record<string, boolean> }>('GET', '/features')).features;
  await signIn(page);
});

afterAll(async () => {
  await putBack();
  await opened.browser.close();
});

describe('business info', () => {
  it('shows the name in the head and warns of another time zone before it is saved', async () => {
    await page.goto(`${url}/settings/company`);
    await page.getByLabel('Company name').fill('Acme Home Loans');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Acme Home Loans' }).waitFor();
    expect(await misnamed(page, 'header')).toEqual([]);
    const zone = page.getByRole('combobox', { name: 'Time zone' });
    await zone.click();
    await zone.fill('Pacific/Auckland');
    await page.getByRole('option', { name: 'Pacific/Auckland' }).click();
    await page.getByText(/to Pacific\/Auckland: saving changes/).waitFor();
    await look('company-zone');
    // Whoever leaves now is asked first.
    await page.getByRole('link', { name: 'Features' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await look('company-leave');
    await page.getByRole('button', { name: 'Stay' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/saving changes when things happen/).waitFor({ state: 'detached' });
    const saved = await api<{ timeZone: string }>('GET', '/settings/company');
    expect(saved.timeZone).toBe('Pacific/Auckland');
  });

  it('shows the API key when it is asked for', async () => {
    await page.goto(`${url}/settings/company`);
    const key = page.getByRole('region', { name: 'API key of the account' });
    await key.getByRole('button', { name: 'Show' }).click();
    await key.getByText(/^lla_/).waitFor();
    await key.getByRole('button', { name: 'Hide' }).click();
    await expect.poll(() => key.getByText(/^lla_/).count()).toBe(0);
  });
});

describe('features', () => {
  it('that are off have no entry in the menu', async () => {
    await page.goto(`${url}/settings/features`);
    const places = page.getByRole('navigation', { name: 'Main' });
    await places.getByRole('link', { name: 'Mailbox' }).waitFor();
    await page.getByRole('switch', { name: 'Mailbox' }).click({ force: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await places.getByRole('link', { name: 'Mailbox' }).waitFor({ state: 'detached' });
    await look('features');
    await page.getByRole('switch', { name: 'Mailbox' }).click({ force: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await places.getByRole('link', { name: 'Mailbox' }).waitFor();
  });
});

describe('the help guide', () => {
  it('SET-003, ENG-003: leads through a page and can be left at any step', async () => {
    await page.goto(`${url}/settings`);
    await page.getByRole('searchbox', { name: 'Search the settings' }).waitFor();
    await look('settings');
    await page.getByRole('button', { name: 'Start help guide' }).click();
    const step = page.getByRole('dialog');
    await step.getByText(/How Leadloom works/).waitFor();
    await expect.poll(() => page.locator('[data-guide][aria-expanded]').count()).toBe(0);
    await look('guide');
    await step.getByRole('button', { name: 'Next' }).click();
    await step.getByText(/Finds settings/).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => step.count()).toBe(0);
  });
});

describe('the profile', () => {
  it('keeps hours that do not overlap', async () => {
    await page.goto(`${url}/`);
    await page.getByRole('button', { name: /profile, language and sign out/ }).click();
    await page.getByRole('menuitem', { name: 'Profile' }).click();
    const monday = page.getByRole('group', { name: 'Monday' });
    // The sample company has hours on each weekday.
    await monday.getByLabel('Monday from').first().waitFor();
    const { availability: before } = await api<{ availability: { monday: object[] } }>('GET', '/profile');
    const added = before.monday.length;
    await monday.getByRole('button', { name: 'Add hours on Monday' }).click();
    const from = monday.getByLabel('Monday from').nth(added);
    const to = monday.getByLabel('Monday to').nth(added);
    await from.fill('10:00');
    await to.fill('19:00');
    await monday.getByText('These hours overlap.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await look('profile-overlap');
    await from.fill('18:00');
    await to.fill('19:30');
    await monday.getByText('These hours overlap.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    const { availability } = await api<{ availability: Record<string, unknown> }>('GET', '/profile');
    expect(availability['monday']).toEqual([...before.monday, { from: '18:00', to: '19:30' }]);
    await page.reload();
    await to.waitFor();
    await expect.poll(() => from.inputValue()).toBe('18:00');
    await expect.poll(() => to.inputValue()).toBe('19:30');
    expect(opened.errors).toEqual([]);
  });
});
