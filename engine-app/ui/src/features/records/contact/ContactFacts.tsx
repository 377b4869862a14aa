import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import type { RecordData } from '@/api/records';
import { Facts } from '@/components/record/Facts';
import { Nothing } from '../components/Panel';
import { GENERAL_FACTS, KEY_FACTS } from '../components/shapes';

const TABS = ['contact', 'general', 'additional'] as const;

interface Props {
  contact: RecordData;
  fields: Field[];
  fixed: boolean;
  /** The tab that is open, as the address has it. */
  shown: string | undefined;
  onShow: (tab: string) => void;
  /** The tags, before the values of the first tab. */
  before: ReactNode;
  /** What belongs to the contact, behind the values of the first tab (ENG-094). */
  after: ReactNode;
}

/** The values of a contact: basic data, the company and its address, and the account's own fields (ENG-093 to ENG-100). */
export function ContactFacts({ contact, fields, fixed, shown, onShow, before, after }: Props) {
  const { t } = useTranslation();
  const current = TABS.find((tab) => tab === shown) ?? 'contact';
  const general = fields.filter((field) => GENERAL_FACTS.includes(field.key));
  const own = fields.filter((field) => field.system !== true);
  const basic = fields.filter((field) => !general.includes(field) && !own.includes(field));
  return (
    <Tabs value={current} onChange={(next) => next && onShow(next)} keepMounted={false}>
      <Tabs.List aria-label={t('contactPage.tabsOf')} mb="sm" grow>
        {TABS.map((tab) => (
          <Tabs.Tab key={tab} value={tab} px={6}>
            {t(`contactPage.tabs.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="contact">
        {before}
        <Facts
          entity="contacts"
          record={contact}
          fields={basic}
          keyFacts={KEY_FACTS.contacts}
          only
          fixed={fixed}
        />
        {after}
      </Tabs.Panel>
      <Tabs.Panel value="general">
        <Facts entity="contacts" record={contact} fields={general} keyFacts={GENERAL_FACTS} fixed={fixed} />
      </Tabs.Panel>
      <Tabs.Panel value="additional">
        {own.length === 0 ? (
          <Nothing>{t('contactPage.noOwnFields')}</Nothing>
        ) : (
          <Facts
            entity="contacts"
            record={contact}
            fields={own}
            keyFacts={own.map((field) => field.key)}
            fixed={fixed}
          />
        )}
      </Tabs.Panel>
    </Tabs>
  );
}
