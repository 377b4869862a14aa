import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconSwitchHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Conversion, convertedTo } from '@/api/conversions';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { useRowTab } from '@/components/list/rowFocus';

const KINDS = ['deal', 'client'] as const;

/** What the reader may still make of a lead. */
export function useConversions(lead: RecordData): Conversion[] {
  const may = {
    deal: useMayWith('opportunities', 'create'),
    client: useMayWith('contacts', 'edit'),
  };
  const mayEdit = useMayWith('leads', 'edit', lead);
  return mayEdit && lead.trashedAt == null
    ? KINDS.filter((one) => may[one] && convertedTo(lead, one) === undefined)
    : [];
}

/**
 * Offers in a row of the leads to make a deal or a client of the lead (LEAD-104, LEAD-105). A phone has no room for it; there
 * the page of the lead does.
 */
export function ConvertInRow({
  lead,
  onConvert,
}: {
  lead: RecordData;
  onConvert: (kind: Conversion) => void;
}) {
  const { t } = useTranslation();
  const tab = useRowTab();
  const offered = useConversions(lead);
  if (offered.length === 0) return null;
  const label = t('convert.ofLead', { name: titleOf('leads', lead) });
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <Tooltip label={t('convert.button')}>
          <ActionIcon
            visibleFrom="sm"
            tabIndex={tab}
            aria-label={label}
            onClick={(event) => event.stopPropagation()}
          >
            <IconSwitchHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((one) => (
          <Menu.Item
            key={one}
            onClick={(event) => {
              event.stopPropagation();
              onConvert(one);
            }}
          >
            {t(`convert.to.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
