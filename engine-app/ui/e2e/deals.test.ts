import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, look as lookAt, type Opened, openBrowser, signIn, url } from './browser';

let opened: Opened;
let page: Page;
const look = (name: string) => lookAt(page, name);
const mark = `deal${Date.now() % 10_000_000}`;
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

let deal: number;
let automation: number;

/** A ready-made flow, told to be about opportunities. */
function flow(): string {
  return readFileSync(
    new URL(
      '../../../processes/src/main/resources/processes/account-stage-mail/account-stage-mail.bpmn',
      import.meta.url,
    ),
    'utf8',
  )
    .replaceAll('account-stage-mail', mark)
    .replace('Mail for the stage of an account', `Relevant or not ${mark}`)
    .replace(
      '"type": "account.updated", "fields": ["stage"]',
      '"type": "opportunity.updated", "fields": ["statusKind"], "to": "won"',
    )
    .replaceAll('"source": "account"', '"source": "opportunity"')
    .replace('["Customer"]', '["Proposal sent"]')
    .replace('["Opportunity"]', '["Negotiation"]')
    .replace(
      /<leadloom:card type="email.send">[^<]*<\/leadloom:card>/,
      '<leadloom:card type="opportunity.set-fields">{"values": {"stage": "Closing", "status": "Won"}}</leadloom:card>',
    )
    .replaceAll('{{account.name}}', '{{opportunity.name}}');
}

beforeAll(async () => {
  opened = await openBrowser();
  page = opened.page;
  await signIn(page);
  const lead = await api<{ id: number }>('POST', '/leads', {
    values: {
      leadName: `Roof ${mark}`,
      firstName: 'Ann',
      lastName: mark,
      email: `${mark}@example.com`,
      source: 'Vendor',
      salesDirection: 'New business',
      phone: `+4930${mark.slice(4).padEnd(8, '1')}`,
      city: 'Pune',
    },
  });
  await api('POST', '/notes', { values: { text: 'Wants slate, not tiles', lead: lead.id } });
  await api('POST', '/activities', {
    activityType: 'meeting',
    values: { lead: lead.id, type: 'meeting', subject: 'On the roof' },
  }).catch(() => undefined);
  const preview = await api<{ missing: string[] }>('GET', `/leads/${lead.id}/conversions/deal`);
  const account = await api<{ id: number }>('POST', '/accounts', { values: { name: `Acme ${mark}` } });
  const contact = await api<{ id: number }>('POST', '/contacts', {
    values: { firstName: 'Ann', lastName: mark, account: account.id },
  });
  const missing: Record<string, unknown> = {};
  if (preview.missing.includes('contact')) missing['contact'] = contact.id;
  if (preview.missing.includes('account')) missing['account'] = account.id;
  deal = (await api<{ id: number }>('POST', `/leads/${lead.id}/conversions/deal`, { missing })).id;
  automation = (await api<{ id: number }>('POST', '/automations', { bpmn: flow() })).id;
});

afterAll(async () => {
  await api('DELETE', `/automations/${automation}`).catch(() => undefined);
  await opened.browser.close();
});

describe('a deal that was a lead', () => {
  it('LEAD-106 shows notes, files and history of the lead to be read', async () => {
    await page.goto(`${url}/opportunities/${deal}`);
    await page.getByText('Wants slate, not tiles').first().waitFor();
    await look('deal-with-lead');
    await page.getByRole('button', { name: /^History of the lead/ }).click();
    await expect.poll(() => page.getByText('Lead created').count()).toBeGreaterThan(0);
    await look('deal-with-history');
    await page.setViewportSize(phone);
    await look('deal-with-history-phone');
    await page.goto(`${url}/opportunities/${deal}?tab=around`);
    await page.getByText('Wants slate, not tiles').first().waitFor();
    await look('deal-around-phone');
    await page.setViewportSize(desk);
  });
});

describe('an automation of opportunities', () => {
  it('AUT-011 AUT-065 is set up with the fields of opportunities', async () => {
    await page.goto(`${url}/automations/${automation}`);
    await page
      .getByRole('button', { name: /Stage of an account changed/ })
      .first()
      .click();
    await page.getByText('Opportunity updated').first().waitFor();
    await expect.poll(() => page.getByText('Kind of status').count()).toBeGreaterThan(0);
    await look('automation-of-deals');
    await page.getByRole('button', { name: 'Steps' }).click();
    await page
      .getByRole('button', { name: /Which stage/ })
      .first()
      .click();
    await page.getByText('Opportunity', { exact: true }).first().waitFor();
    await look('automation-of-deals-condition');
    await page.getByRole('button', { name: 'Steps' }).click();
    await page
      .getByRole('button', { name: /Send welcome/ })
      .first()
      .click();
    await page.getByText('Update opportunity').first().waitFor();
    await look('automation-of-deals-card');
    expect(opened.errors).toEqual([]);
  });
});
