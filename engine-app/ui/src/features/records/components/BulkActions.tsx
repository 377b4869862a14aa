import { Button, Modal, Select, Stack, TagsInput, Text } from '@mantine/core';
import { IconListDetails, IconRoute, IconTag, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAutomations } from '@/api/getAutomations';
import { useLists } from '@/api/getLists';
import { useTags } from '@/api/getTags';
import type { Entity, RecordData } from '@/api/records';
import { useMay, useMayStart, useMayWith } from '@/api/rights';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { type ManyAction, useChangeMany } from '../api/changeMany';

interface Props {
  entity: Entity;
  records: RecordData[];
  onDone: () => void;
}

/** What the bar under a list offers for the selected records. */
export function BulkActions({ entity, records, onDone }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const change = useChangeMany(entity);
  const [open, setOpen] = useState<ManyAction['kind'] | null>(null);
  const [tags, setTags] = useState<string[]>([]);
  // Opens for who types or clicks and closes with each tag: it would cover the button below.
  const [tagsOffered, setTagsOffered] = useState(false);
  const [list, setList] = useState<string | null>(null);
  const [automation, setAutomation] = useState<string | null>(null);
  const knownTags = useTags().data ?? [];
  const lists = useLists().data ?? [];
  const automations = useAutomations(open === 'automation').data ?? [];
  const memberships = entity === 'leads' || entity === 'contacts';
  const mayTag = useMayWith(entity, 'edit') && memberships;
  const mayList = useMay('list', 'edit') && memberships;
  const mayStart = useMayStart() && entity !== 'tasks';
  const mayDelete = useMayWith(entity, 'delete');

  const action: ManyAction | null =
    open === 'tag' && tags.length > 0
      ? { kind: 'tag', tags }
      : open === 'list' && list
        ? { kind: 'list', list: Number(list) }
        : open === 'automation' && automation
          ? { kind: 'automation', automation: Number(automation) }
          : open === 'delete'
            ? { kind: 'delete' }
            : null;

  const run = () => {
    if (!action) return;
    change.mutate(
      { records, action },
      {
        onSuccess: ({ done, failed, firstError }) => {
          setOpen(null);
          if (failed > 0) {
            toast(t('bulk.partly', { done, failed, why: problemText(firstError) }), { kind: 'bad' });
          } else {
            toast(t(`bulk.done.${action.kind}`, { count: done }));
            onDone();
          }
        },
        onError: (error) => toast(problemText(error), { kind: 'bad' }),
      },
    );
  };

  return (
    <>
      {mayTag && (
        <Button variant="default" leftSection={<IconTag size={14} />} onClick={() => setOpen('tag')}>
          {t('bulk.tag')}
        </Button>
      )}
      {mayList && (
        <Button variant="default" leftSection={<IconListDetails size={14} />} onClick={() => setOpen('list')}>
          {t('bulk.list')}
        </Button>
      )}
      {mayStart && (
        <Button variant="default" leftSection={<IconRoute size={14} />} onClick={() => setOpen('automation')}>
          {t('bulk.automation')}
        </Button>
      )}
      {mayDelete && (
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => setOpen('delete')}>
          {t('common.delete')}
        </Button>
      )}
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open ? t(`bulk.title.${open}`, { count: records.length }) : ''}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          {open === 'tag' && (
            <TagsInput
              label={t('record.tags')}
              data={knownTags}
              value={tags}
              onChange={(next) => {
                setTags(next);
                setTagsOffered(false);
              }}
              openOnFocus={false}
              dropdownOpened={tagsOffered}
              onDropdownOpen={() => setTagsOffered(true)}
              onDropdownClose={() => setTagsOffered(false)}
              data-autofocus
            />
          )}
          {open === 'list' && (
            <Select
              label={t('filter.list')}
              data={lists.map((entry) => ({ value: String(entry.id), label: entry.name }))}
              value={list}
              onChange={setList}
              searchable
              data-autofocus
            />
          )}
          {open === 'automation' && (
            <Select
              label={t('bulk.which')}
              description={t('bulk.whichText')}
              data={automations
                .filter((entry) => entry.state === 'published')
                .map((entry) => ({ value: String(entry.id), label: entry.name }))}
              value={automation}
              onChange={setAutomation}
              nothingFoundMessage={t('bulk.nonePublished')}
              searchable
              data-autofocus
            />
          )}
          {open === 'delete' && <Text size="sm">{t('bulk.deleteText')}</Text>}
          <Button
            disabled={!action}
            loading={change.isPending}
            onClick={run}
            color={open === 'delete' ? 'red' : 'loom'}
          >
            {open ? t(`bulk.confirm.${open}`) : ''}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
