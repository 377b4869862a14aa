import { Anchor, Badge, Box, Button, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowLeft, IconInbox, IconMail, IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plural } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { mailFrame } from '@/components/mailFrame';
import { Moment } from '@/components/Moment';
import { PageHeader } from '@/components/PageHeader';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useMail, useMailbox } from '../api/getMailbox';
import classes from './Mailbox.module.css';

function refLink(ref: string | null | undefined): string | undefined {
  const [kind, id] = ref?.split('/') ?? [];
  const entity = kind ? plural(kind) : undefined;
  return entity && id ? `/${entity}/${id}` : undefined;
}

function MailView({ id }: { id: number }) {
  const { t } = useTranslation();
  const mail = useMail(id);
  if (mail.error) return <ProblemAlert error={mail.error} m="md" onRetry={() => void mail.refetch()} />;
  if (!mail.data) return <Skeleton h={240} m="md" />;
  const { subject, to, at, html, text, ref } = mail.data;
  const link = refLink(ref);
  return (
    <article className={classes.mail} aria-label={subject ?? t('mailbox.noSubject')}>
      <header className={classes.mailHead}>
        <Title order={2}>{subject || t('mailbox.noSubject')}</Title>
        <Text size="sm" c="dimmed">
          {t('mailbox.to')} {to} · <Moment at={at} exact />
          {link && (
            <>
              {' · '}
              <Anchor underline="always" size="sm" renderRoot={(props) => <AppLink {...props} href={link} />}>
                {t('mailbox.record')}
              </Anchor>
            </>
          )}
        </Text>
      </header>
      {html ? (
        <iframe
          title={t('mailbox.content')}
          className={classes.frame}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          srcDoc={mailFrame(html)}
        />
      ) : (
        <Text size="md" p="md" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text}
        </Text>
      )}
    </article>
  );
}

/** What would have been sent if a mail server were set up. */
export function MailboxScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { mail: chosen } = useSearch({ from: '/shell/mailbox' });
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 250);
  const mails = useMailbox(search);
  const items = mails.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (mail: number | undefined) =>
    void navigate({ to: '/mailbox', search: mail === undefined ? {} : { mail } });

  return (
    <main className={classes.page}>
      <PageHeader
        title={t('nav.mailbox')}
        beside={
          <Text size="sm" c="dimmed" visibleFrom="sm">
            {t('mailbox.what')}
          </Text>
        }
        actions={
          <TextInput
            size="xs"
            aria-label={t('mailbox.search')}
            placeholder={t('mailbox.search')}
            leftSection={<IconSearch size={14} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        }
      />
      {mails.error ? (
        <ProblemAlert error={mails.error} m="md" onRetry={() => void mails.refetch()} />
      ) : mails.isPending ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        <EmptyState
          icon={IconInbox}
          title={t(search ? 'list.nothingFound' : 'mailbox.empty')}
          text={search ? undefined : t('mailbox.emptyText')}
        />
      ) : (
        <div className={classes.split} data-open={chosen !== undefined || undefined}>
          <div className={classes.list}>
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <AppLink
                    href={`/mailbox?mail=${item.id}`}
                    className={classes.entry}
                    aria-current={item.id === chosen || undefined}
                  >
                    <span className={classes.entryLine}>
                      <b>{item.to}</b>
                      <Text size="xs" c="dimmed" span>
                        <Moment at={item.at} />
                      </Text>
                    </span>
                    <span className={classes.subject}>
                      {item.channel && item.channel !== 'email' && (
                        <Badge mr={6} component="span">
                          {item.channel}
                        </Badge>
                      )}
                      {item.subject || t('mailbox.noSubject')}
                    </span>
                    <span className={classes.preview}>{item.preview}</span>
                  </AppLink>
                </li>
              ))}
            </ul>
            {mails.hasNextPage && (
              <Button
                variant="subtle"
                m="xs"
                loading={mails.isFetchingNextPage}
                onClick={() => void mails.fetchNextPage()}
              >
                {t('common.loadMore')}
              </Button>
            )}
          </div>
          <div className={classes.view}>
            {chosen === undefined ? (
              <EmptyState icon={IconMail} title={t('mailbox.choose')} />
            ) : (
              <Stack gap={0} h="100%">
                <Box hiddenFrom="sm" p="xs">
                  <Button
                    variant="subtle"
                    leftSection={<IconArrowLeft size={14} />}
                    onClick={() => open(undefined)}
                  >
                    {t('common.back')}
                  </Button>
                </Box>
                <MailView id={chosen} />
              </Stack>
            )}
          </div>
        </div>
      )}
    </main>
  );
}
