import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowMerge,
  IconDotsVertical,
  IconDownload,
  IconListDetails,
  IconBrandWhatsapp,
  IconMail,
  IconMessage,
  IconPencil,
  IconRoute,
  IconSwitchHorizontal,
  IconTag,
  IconTagOff,
  IconTrash,
  IconUserShare,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chosen, Operation } from '@/api/bulkActions';
import { MOST_MERGED, mergeable } from '@/api/merges';
import type { Entity } from '@/api/records';
import { useMay, useMayStart, useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { url } from '@/lib/http';
import { BulkDialog } from './BulkDialog';

interface Props {
  entity: Entity;
  chosen: Chosen;
  count: number;
  onDone: () => void;
}

const ICONS = {
  update: IconPencil,
  allocate: IconUserShare,
  'add-tags': IconTag,
  'remove-tags': IconTagOff,
  'add-to-list': IconListDetails,
  'remove-from-list': IconListDetails,
  'start-automation': IconRoute,
  'send-email': IconMail,
  'send-sms': IconMessage,
  'send-whatsapp': IconBrandWhatsapp,
  convert: IconSwitchHorizontal,
  delete: IconTrash,
} as const;
type Offered = keyof typeof ICONS;

/** So many ids fit into the address of a file. */
const MOST_EXPORTED = 500;

/** What fits beside each other; the others are in a menu. */
const FIRST: Offered[] = ['update', 'allocate', 'add-tags', 'add-to-list', 'start-automation', 'delete'];
const MORE: Offered[] = [
  'send-email',
  'send-sms',
  'send-whatsapp',
  'convert',
  'remove-tags',
  'remove-from-list',
];

/** What the bar under a list offers for the selected records (LEAD-081). */
export function BulkActions({ entity, chosen, count, onDone }: Props) {
  const { t } = useTranslation();
  // What is asked about stays the same while the list behind the dialog moves on.
  const [open, setOpen] = useState<{ operation: Operation; chosen: Chosen; count: number } | null>(null);
  const ask = (operation: Operation) => setOpen({ operation, chosen, count });
  const people = entity === 'leads' || entity === 'contacts';
  const mayMany = useMayWith(entity, 'bulk');
  const mayEdit = useMayWith(entity, 'edit');
  const mayList = useMay('list', 'edit');
  const mayStart = useMayStart(entity);
  const mayDelete = useMayWith(entity, 'delete');
  const mayReach = mayEdit && entity !== 'tasks';
  const may: Record<Offered, boolean> = {
    update: mayEdit,
    allocate: mayEdit,
    'add-tags': mayEdit,
    'remove-tags': mayEdit,
    'add-to-list': mayList && people,
    'remove-from-list': mayList && people,
    'start-automation': mayReach && mayStart,
    'send-email': mayReach && entity !== 'opportunities',
    'send-sms': mayEdit && people,
    'send-whatsapp': mayEdit && people,
    convert: mayEdit && entity === 'leads',
    delete: mayDelete,
  };
  const offered = (some: Offered[]) => some.filter((one) => mayMany && may[one]);
  const more = offered(MORE);
  const mayExport = useMayWith(entity, 'export');
  const fit = 'ids' in chosen && chosen.ids.length > 1 && chosen.ids.length <= MOST_MERGED;
  const merged = fit && mergeable(entity) && mayEdit && mayDelete ? chosen.ids : null;
  const tooMany = 'ids' in chosen && chosen.ids.length > MOST_EXPORTED;
  const file = url(
    `/${entity}/export.csv`,
    'ids' in chosen ? { ids: chosen.ids.join(',') } : { filter: chosen.filter, hidden: chosen.hidden },
  );

  return (
    <>
      {offered(FIRST).map((one) => {
        const Icon = ICONS[one];
        return (
          <Button key={one} variant="default" leftSection={<Icon size={14} />} onClick={() => ask(one)}>
            {t(`bulk.offer.${one}`)}
          </Button>
        );
      })}
      {(more.length > 0 || mayExport || merged) && (
        <Menu position="top-end" shadow="md" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <ActionIcon aria-label={t('bulk.more')} size={30} variant="default">
              <IconDotsVertical size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {more.map((one) => {
              const Icon = ICONS[one];
              return (
                <Menu.Item key={one} leftSection={<Icon size={14} />} onClick={() => ask(one)}>
                  {t(`bulk.offer.${one}`)}
                </Menu.Item>
              );
            })}
            {merged && (
              <Menu.Item
                leftSection={<IconArrowMerge size={14} />}
                renderRoot={(props) => (
                  <AppLink
                    {...props}
                    href={`/merge/${entity}?ids=${encodeURIComponent(JSON.stringify(merged))}`}
                  />
                )}
              >
                {t('merge.chosen')}
              </Menu.Item>
            )}
            {mayExport && !tooMany && (
              <Menu.Item component="a" href={file} download leftSection={<IconDownload size={14} />}>
                {t('bulk.export')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {open && (
        <BulkDialog
          key={open.operation}
          entity={entity}
          {...open}
          onClose={() => setOpen(null)}
          onDone={onDone}
        />
      )}
    </>
  );
}
