import { Anchor, Button, Text } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import { useRecordName } from '@/api/recordNames';
import { useMay } from '@/api/rights';
import { plural } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { useMembers, useRemoveMembers } from '../api/changeLists';

function MemberName({ refText, name }: { refText: string; name: string | null | undefined }) {
  const [kind, id] = refText.split('/');
  const entity = kind ? plural(kind) : undefined;
  const found = useRecordName(name ? undefined : entity, Number(id));
  return (
    <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/${entity ?? ''}/${id ?? ''}`} />}>
      {name ?? found ?? refText}
    </Anchor>
  );
}

/** The members of one static list. */
export function StaticListScreen() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { id } = useParams({ from: '/shell/lists/$id' });
  const list = useLists().data?.find((entry) => entry.id === id);
  const members = useMembers(id);
  const remove = useRemoveMembers(id);
  const mayRemove = useMay('list', 'edit');
  const items = members.data?.pages.flatMap((page) => page.items) ?? [];
  const entity = plural(items[0]?.ref.split('/')[0] ?? 'lead');
  return (
    <Page
      title={list?.name ?? t('filter.list')}
      beside={
        list?.members != null && (
          <Text size="sm" c="dimmed" aria-label={t('common.total', { count: list.members })}>
            {formatNumber(list.members)}
          </Text>
        )
      }
      actions={
        <Button
          variant="default"
          renderRoot={(props) => (
            <AppLink
              {...props}
              href={`/${entity ?? 'leads'}?filter=${encodeURIComponent(`in list ${id}`)}`}
            />
          )}
        >
          {t('lists.openAsList')}
        </Button>
      }
    >
      {members.error ? (
        <ProblemAlert error={members.error} onRetry={() => void members.refetch()} />
      ) : members.isPending ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        <EmptyState icon={IconListDetails} title={t('lists.noMembers')} text={t('lists.noMembersText')} />
      ) : (
        <>
          <DataTable
            label={t('lists.members')}
            items={items}
            rowKey={(member) => member.ref}
            columns={[
              {
                key: 'name',
                label: t('common.name'),
                cell: (member) => <MemberName refText={member.ref} name={member.name} />,
              },
              { key: 'email', label: t('settings.users.email'), cell: (member) => member.email },
              {
                key: 'remove',
                label: '',
                width: 110,
                cell: (member) =>
                  mayRemove && (
                    <Button
                      variant="subtle"
                      onClick={() =>
                        remove.mutate([member.ref], {
                          onError: (error) => toast(problemText(error), { kind: 'bad' }),
                        })
                      }
                    >
                      {t('common.remove')}
                    </Button>
                  ),
              },
            ]}
          />
          {members.hasNextPage && (
            <Button variant="default" mt="sm" onClick={() => void members.fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}
