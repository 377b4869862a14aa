import { Button, Collapse, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import type { Entity } from '@/api/records';
import { WhyList } from './WhyList';

/** A line that opens why automations started for a record and why not; nothing is asked while it is closed. */
export function WhyToggle({ entity, id }: { entity: Entity; id: number }) {
  const { t } = useTranslation();
  const list = useId();
  const [shown, setShown] = useState(false);
  const may = useMay('automations', 'view');
  const Chevron = shown ? IconChevronDown : IconChevronRight;
  if (!may) return null;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        ml={-8}
        leftSection={<Chevron size={14} aria-hidden />}
        aria-expanded={shown}
        aria-controls={list}
        onClick={() => setShown((before) => !before)}
      >
        {t('whyNot.ask')}
      </Button>
      <Collapse expanded={shown} id={list}>
        <Text size="xs" c="dimmed" mb={8}>
          {t('whyNot.askText')}
        </Text>
        {shown && <WhyList entity={entity} id={id} />}
      </Collapse>
    </>
  );
}
