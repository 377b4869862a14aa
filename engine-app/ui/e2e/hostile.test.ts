import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  api,
  changeCompany,
  changeProfile,
  type CompanySettings,
  type Opened,
  openBrowser,
  ownProfile,
  putCompanyBack,
  signIn,
  url,
} from './browser';

/** Texts that would act if any page took them for more than texts, in every field that takes texts (XSS). */

let opened: Opened;
let page: Page;
const mark = `Hostile${Date.now() % 1_000_000}`;
/** Ends an attribute, opens elements, and looks like an address. */
const evil = `javascript:hit()//"'><img src=x onerror="hit()"><script>hit()</script>`;
/** Each text is told apart, so that unique values stay unique. */
let count = 0;
const text = () => `${mark} ${(count += 1)} ${evil}`;

const happened: string[] = [];
const paths: string[] = [];
const undo: (() => Promise<unknown>)[] = [];

interface WithId {
  id: number;
}
interface Field {
  key: string;
  type: string;
  readOnly?: boolean;
  activityType?: string | null;
}

/** Screens that show nothing of what was typed here: they are there when nothing is loading any more. */
const withoutTexts = new Set([
  '/',
  '/deliveries',
  '/profile/security',
  '/automations/new',
  '/imports',
  '/settings/activity-types',
  '/settings/mail',
  '/settings/webhook-secrets',
  '/settings/journal',
  '/settings/single-sign-on',
  '/settings/features',
  '/settings/authentication-profiles',
  `/sign-in?next=${encodeURIComponent('javascript:hit()')}`,
]);

/**
 * Until a text of ours is on the screen, as text or in a field: by then it would have acted. The head is left out, which
 * always has the name of the company.
 */
async function shown(): Promise<void> {
  await page.waitForFunction(
    (text) => {
      const places = [...document.querySelectorAll<HTMLElement>('main, [role="dialog"]')];
      return places.some(
        (place) =>
          place.innerText.includes(text) ||
          [...place.querySelectorAll<HTMLInputElement>('input, textarea')].some((field) =>
            field.value.includes(text),
          ),
      );
    },
    mark,
    { timeout: 8_000 },
  );
}

/** Until nothing is loading, and what is there is no page of errors. */
async function settled(): Promise<void> {
  await page.waitForFunction(
    () =>
      !document.querySelector(
        'main [aria-busy="true"], main .mantine-Skeleton-root, main .mantine-Loader-root',
      ),
  );
  for (const problem of ['That did not work', 'There is nothing here']) {
    expect(await page.getByText(problem).count(), problem).toBe(0);
  }
}

/** A value for every field that takes texts. */
async function everyText(entity: string, activityType?: string): Promise<Record<string, unknown>> {
  const { fields } = await api<{ fields: Field[] }>('GET', `/schema/${entity}`);
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.readOnly || (field.activityType && field.activityType !== activityType)) continue;
    // A time zone is a text of a closed set.
    if (['text', 'longText'].includes(field.type) && field.key !== 'timeZone') values[field.key] = text();
  }
  return values;
}

async function record(entity: string, values: Record<string, unknown>, more: object = {}): Promise<number> {
  const { id } = await api<WithId>('POST', `/${entity}`, { values, ...more });
  return id;
}

/** The first type of activities or tasks that there is. */
async function typeOf(what: 'activity' | 'task'): Promise<string | undefined> {
  const types = await api<{ items?: { key: string }[] } | { key: string }[]>('GET', `/schema/${what}-types`);
  return (Array.isArray(types) ? types : (types.items ?? []))[0]?.key;
}

const xml = (raw: string) => raw.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function bpmn(name: string, field = 'city', value = text()): string {
  const condition = JSON.stringify({
    type: 'lead.created',
    condition: { criteria: [{ source: 'lead', field, operator: 'equals', values: [value] }] },
  });
  const mail = JSON.stringify({ to: 'lead', subject: text(), text: text(), html: `<p>${text()}</p>` });
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:leadloom="https://leadloom.io/schema/bpmn/1" id="d" targetNamespace="x">
  <bpmn:process id="p" name="${xml(name)}" isExecutable="true">
    <bpmn:startEvent id="start" name="${xml(text())}">
      <bpmn:extensionElements><leadloom:trigger>${xml(condition)}</leadloom:trigger></bpmn:extensionElements>
      <bpmn:outgoing>f1</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:serviceTask id="card" name="${xml(text())}">
      <bpmn:extensionElements><leadloom:card type="email.send">${xml(mail)}</leadloom:card></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:endEvent id="end" name="${xml(text())}"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="card"/>
    <bpmn:sequenceFlow id="f2" name="${xml(text())}" sourceRef="card" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>`;
}

/** An automation that mails each lead of a company, with hostile texts everywhere, published and run once. */
async function mailed(): Promise<{ automation: number; lead: number }> {
  const company = `${mark} mailed`;
  const name = `${mark} automation`;
  const document = bpmn(name, 'company', company);
  const { id } = await api<WithId>('POST', '/automations', { name, bpmn: document });
  await api('POST', `/automations/${id}/publish`, {});
  undo.push(() => api('POST', `/automations/${id}/unpublish`, {}));
  const values = { lastName: text(), company, email: `${mark.toLowerCase()}@example.com` };
  return { automation: id, lead: await record('leads', values) };
}

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  page.on('dialog', (dialog) => {
    happened.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('noteViolation', (what: string) => happened.push(what));
  await page.addInitScript(() => {
    const note = (what: string) =>
      void (globalThis as unknown as { noteViolation: (what: string) => void }).noteViolation(what);
    Object.assign(globalThis, { hit: () => note('a text acted') });
    document.addEventListener('securitypolicyviolation', (event) =>
      note(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    );
  });
  await signIn(page);

  // The records of every kind.
  const tags = [text().slice(0, 90)];
  const account = await record('accounts', await everyText('account'));
  const contact = await record('contacts', { ...(await everyText('contact')), account }, { tags });
  const lead = await record('leads', { ...(await everyText('lead')), contact, account }, { tags });
  const task = await record('tasks', { ...(await everyText('task')), type: await typeOf('task'), lead });
  await record('notes', { text: text(), lead });
  const type = await typeOf('activity');
  if (type) await record('activities', { ...(await everyText('activity', type)), lead }, { type });
  const trashed = await record('leads', { ...(await everyText('lead')), contact });
  await api('DELETE', `/leads/${trashed}`);
  const list = await api<WithId>('POST', '/lists', { name: text().slice(0, 120), description: text() });
  await api('POST', `/lists/${list.id}/members`, { refs: [`lead/${lead}`] });
  undo.push(() => api('DELETE', `/lists/${list.id}`));

  const smart = { entity: 'lead', name: text(), filter: `city = "${mark}"` };
  const smartList = await api<WithId>('POST', '/smart-lists', smart);
  undo.push(() => api('DELETE', `/smart-lists/${smartList.id}`));
  const planned = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const followUp = { date: planned, time: '10:00', timeZone: 'UTC', values: {}, comment: text() };
  await api('POST', `/leads/${lead}/follow-ups`, followUp);
  const order = { operation: 'remove-tags', name: text(), ids: [lead], settings: { tags: [mark] } };
  const job = await api<WithId>('POST', '/leads/bulk-actions', order);
  const source = await api<WithId>('POST', '/schema/sources', { label: text() });
  undo.push(() => api('DELETE', `/schema/sources/${source.id}`));

  const value = await api<WithId>('POST', '/custom-values', { name: text().slice(0, 90), value: text() });
  undo.push(() => api('DELETE', `/custom-values/${value.id}`));

  // The things of administration.
  const user = await api<WithId & { version: number }>('POST', '/users', {
    login: mark.toLowerCase(),
    name: text(),
    password: 'a few long words',
    roles: ['crm_sales'],
  });
  undo.push(() => api('PATCH', `/users/${user.id}`, { active: false, name: mark }));
  const team = await api<WithId>('POST', '/teams', { name: text(), members: [user.id] });
  undo.push(() => api('DELETE', `/teams/${team.id}`));
  const group = await api<WithId>('POST', '/sales-groups', { name: text(), description: text() });
  undo.push(() => api('DELETE', `/sales-groups/${group.id}`));
  const template = await api<WithId>('POST', '/permission-templates', { name: text().slice(0, 100) });
  undo.push(() => api('DELETE', `/permission-templates/${template.id}`));
  const key = await api<WithId>('POST', '/api-keys', { name: text().slice(0, 100), scopes: ['read'] });
  undo.push(() => api('DELETE', `/api-keys/${key.id}`));
  const field = await api<{ key: string }>('POST', '/schema/lead/fields', {
    label: text().slice(0, 90),
    type: 'dropdown',
    options: [text().slice(0, 90)],
  });
  undo.push(() => api('DELETE', `/schema/lead/fields/${field.key}?force=true`));
  const columns = [{ name: text().slice(0, 100), field: 'phone' }];
  const table = await api<WithId>('POST', '/table-definitions', { name: text(), columns });
  undo.push(() => api('DELETE', `/table-definitions/${table.id}`));
  const process = await api<WithId>('POST', '/processes', {
    name: text(),
    tableDefinition: table.id,
    timeZone: 'Asia/Kolkata',
    supervisors: [user.id],
  });
  undo.push(() => api('DELETE', `/processes/${process.id}`));
  const leads = await api<WithId>('POST', `/processes/${process.id}/lead-lists`, {
    name: text(),
    timeZone: 'Asia/Kolkata',
    owner: user.id,
    description: text(),
  });
  undo.push(() => api('DELETE', `/lead-lists/${leads.id}`));
  await api('POST', `/processes/${process.id}/campaigns`, { name: text(), members: [user.id] });
  const company = await api<CompanySettings>('GET', '/settings/company');
  await changeCompany({
    name: text(),
    address: { street: text(), city: text().slice(0, 100), state: text().slice(0, 100) },
  });
  undo.push(() => putCompanyBack(company));
  const profile = await ownProfile();
  await changeProfile({
    jobTitle: text().slice(0, 100),
    meetingLocation: text(),
    signature: `<p>${text()}</p>`,
  });
  undo.push(() => changeProfile(profile));

  const automation = (await api<WithId>('POST', '/automations', { name: text(), bpmn: bpmn(text()) })).id;
  const sent = await mailed();

  paths.push(
    '/',
    '/leads',
    `/leads/${lead}`,
    `/leads/${trashed}`,
    `/leads/${sent.lead}`,
    `/leads?q=${encodeURIComponent(evil)}`,
    `/leads?filter=${encodeURIComponent(`lastName contains "${evil.replace(/"/g, '\\"')}"`)}`,
    '/smart-lists?of=leads',
    '/follow-ups?when=upcoming&whose=all',
    '/jobs',
    `/jobs/${job.id}`,
    '/contacts',
    `/contacts/${contact}`,
    '/accounts',
    `/accounts/${account}`,
    '/tasks',
    `/tasks/${task}`,
    '/lists',
    `/lists/${list.id}`,
    '/automations',
    `/automations?q=${encodeURIComponent(evil)}`,
    `/automations/${automation}`,
    `/automations/${automation}?element=card`,
    `/automations/${automation}?element=start`,
    `/automations/${sent.automation}?tab=runs`,
    `/automations/${sent.automation}?tab=versions`,
    '/automations/new',
    '/imports',
    '/mailbox',
    '/deliveries',
    '/trash',
    '/profile',
    '/profile/security',
    '/settings/company',
    '/settings/fields?entity=lead',
    '/settings/leads?tab=source',
    '/settings/tables',
    '/settings/processes',
    `/settings/lead-lists?process=${process.id}`,
    '/settings/activity-types',
    '/settings/tags',
    '/settings/custom-values',
    '/settings/mail',
    '/settings/webhook-secrets',
    '/settings/journal',
    '/settings/users',
    '/settings/hierarchy',
    '/settings/teams',
    '/settings/sales-groups',
    '/settings/single-sign-on',
    '/settings/features',
    '/settings/authentication-profiles',
    '/settings/permissions',
    '/settings/api-keys',
    '/settings/audit',
    `/sign-in?next=${encodeURIComponent('javascript:hit()')}`,
  );
});

afterAll(async () => {
  for (const step of undo.reverse()) await step().catch(() => undefined);
  await opened.browser.close();
});

describe('hostile texts', () => {
  it('are refused where an address or a number is wanted', async () => {
    for (const values of [
      { website: 'javascript:hit()' },
      { website: `https://example.org/${evil}` },
      { email: `"><img src=x onerror=hit()>@example.org` },
      { phone: evil },
    ]) {
      await expect(api('POST', '/leads', { values: { lastName: mark, ...values } })).rejects.toThrow('422');
    }
  });

  it('stay texts on every screen', async () => {
    const missing: string[] = [];
    for (const path of paths) {
      await page.goto(`${url}${path}`);
      await page.locator('h1, main').first().waitFor();
      await (withoutTexts.has(path) ? settled() : shown()).catch(() => missing.push(path));
      expect(happened, path).toEqual([]);
      expect(opened.errors, path).toEqual([]);
    }
    expect(missing, 'screens that do not show what they should').toEqual([]);
  }, 400_000);

  it('stay texts in what opens on a click', async () => {
    await page.goto(`${url}/mailbox`);
    await page.locator('main').getByText(mark).first().click();
    await page.locator('article').waitFor();
    await page.goto(`${url}/leads`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.keyboard.press('Escape');
    await page.goto(`${url}/`);
    await page.getByRole('button', { name: 'Search or jump to' }).click();
    const palette = page.getByRole('dialog');
    await palette.getByRole('combobox').fill(mark);
    await palette.getByRole('option').filter({ hasText: mark }).first().waitFor();
    await page.goto(`${url}/settings/audit`);
    await page.getByRole('table').getByRole('button').first().click();
    await shown();
    expect(happened).toEqual([]);
    expect(opened.errors).toEqual([]);
  });

  it('would have been noticed', async () => {
    await page.evaluate((markup) => {
      document.body.insertAdjacentHTML('beforeend', markup);
    }, evil);
    await vi.waitFor(() => expect(happened.join()).toMatch(/policy: script-src/));
  });
});
