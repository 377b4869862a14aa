import {
  Alert,
  Button,
  Checkbox,
  FileButton,
  Group,
  Radio,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { useUnsaved } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import {
  type ImportedRow,
  type ImportResult,
  staysUnknown,
  useImportUsers,
  usePreviewUsers,
} from '../api/userImports';
import classes from './Staff.module.css';

const SAMPLE = `first_name,last_name,email,phone,roles,templates,superior,teams,active
Ada,Meyer,ada@example.com,+49 30 1234,crm_manager,,,North,yes
Ben,Ode,ben@example.com,,crm_sales;agent,,ada@example.com,North,yes
`;
/** So many rows stand in the page; the others are counted. */
const SHOWN = 200;

type Order = 'refuse' | 'update';

/** Users from a file: chosen, looked at, then taken in. */
export function UserImport({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const look = usePreviewUsers();
  const take = useImportUsers();
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [existing, setExisting] = useState<Order>('refuse');
  const [invite, setInvite] = useState(true);
  const [partial, setPartial] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  useUnsaved(file?.name ?? null, take.isSuccess);
  const forget = useRef<() => void>(null);
  // What has another key is another order: its answer is worked out, not repeated.
  const renew = () => setKey(crypto.randomUUID());

  const preview = (chosen: File | null, order: Order) => {
    setFile(chosen);
    setExisting(order);
    setPartial(false);
    renew();
    take.reset();
    if (chosen) {
      look.mutate({ file: chosen, existing: order });
    } else look.reset();
  };

  if (take.data) {
    return (
      <Stack gap="md">
        <Alert
          color="gray"
          icon={<IconCheck size={18} />}
          title={t('settings.userImport.done')}
          role="status"
        >
          <Figures result={take.data} />
          {take.data.invited > 0 && (
            <Text size="sm" mt={4}>
              {t('settings.userImport.invited', { count: take.data.invited })}
            </Text>
          )}
        </Alert>
        {take.data.refused > 0 && <Rows rows={take.data.rows.filter((row) => row.outcome === 'refused')} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => preview(null, 'refuse')}>
            {t('settings.userImport.another')}
          </Button>
          <Button onClick={onDone}>{t('common.close')}</Button>
        </Group>
      </Stack>
    );
  }

  const seen = look.data;
  const writable = seen ? seen.created + seen.updated : 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!file) return;
        take.mutate(
          { file, existing, partial, invite, key },
          { onError: (error) => !staysUnknown(error) && renew() },
        );
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('settings.userImport.what')}
        </Text>
        <FileButton
          resetRef={forget}
          accept=".csv,text/csv"
          onChange={(chosen) => {
            // A browser tells of the same file a second time only when it has forgotten the first.
            forget.current?.();
            if (chosen) preview(chosen, existing);
          }}
        >
          {(props) => (
            <UnstyledButton
              {...props}
              disabled={take.isPending}
              className={classes.drop}
              data-over={over || undefined}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
              }}
              onDragLeave={() => setOver(false)}
              onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                const dropped = event.dataTransfer.files[0];
                if (dropped && !take.isPending) preview(dropped, existing);
              }}
            >
              <IconFileSpreadsheet size={28} stroke={1.4} aria-hidden />
              <Text size="sm" fw={500}>
                {file ? file.name : t('settings.userImport.choose')}
              </Text>
              <Text size="xs" c="dimmed">
                {t(file ? 'settings.userImport.chooseOther' : 'settings.userImport.limits')}
              </Text>
            </UnstyledButton>
          )}
        </FileButton>
        {!file && (
          <Button
            component="a"
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(SAMPLE)}`}
            download="users.csv"
            variant="subtle"
            size="compact-sm"
            leftSection={<IconDownload size={14} />}
            style={{ alignSelf: 'start' }}
          >
            {t('settings.userImport.sample')}
          </Button>
        )}
        {file && (
          <Radio.Group
            label={t('settings.userImport.existing')}
            value={existing}
            onChange={(value) => preview(file, value === 'update' ? 'update' : 'refuse')}
          >
            <Group gap="md" mt={4}>
              <Radio value="refuse" disabled={take.isPending} label={t('settings.userImport.refuse')} />
              <Radio value="update" disabled={take.isPending} label={t('settings.userImport.update')} />
            </Group>
          </Radio.Group>
        )}
        {look.isPending && (
          <Text size="sm" role="status">
            {t('settings.userImport.reading')}
          </Text>
        )}
        {look.error && <ProblemAlert error={look.error} />}
        {seen && (
          <>
            <div role="status">
              <Figures result={seen} />
            </div>
            <Rows rows={[...seen.rows].sort((one, other) => rank(one) - rank(other))} />
            <Checkbox
              label={t('settings.userImport.invite')}
              description={t('settings.userImport.inviteText')}
              checked={invite}
              disabled={take.isPending}
              onChange={(event) => {
                setInvite(event.currentTarget.checked);
                renew();
              }}
            />
            {seen.refused > 0 && writable > 0 && (
              <Checkbox
                label={t('settings.userImport.partial', { count: seen.refused })}
                checked={partial}
                disabled={take.isPending}
                onChange={(event) => {
                  setPartial(event.currentTarget.checked);
                  renew();
                }}
              />
            )}
          </>
        )}
        {take.error && <ProblemAlert error={take.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={take.isPending}
            disabled={!seen || writable === 0 || (seen.refused > 0 && !partial)}
          >
            {seen && writable > 0
              ? t('settings.userImport.take', { count: writable, amount: formatNumber(writable) })
              : t('settings.users.import')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Rows with problems come first, then by line. */
function rank(row: ImportedRow): number {
  return (row.outcome === 'refused' ? 0 : 1_000_000) + row.line;
}

function Figures({ result }: { result: ImportResult }) {
  const { t } = useTranslation();
  const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;
  return (
    <div className={classes.figures}>
      {outcomes
        .filter((outcome) => outcome === 'created' || result[outcome] > 0)
        .map((outcome) => (
          <span key={outcome} className={classes.figure}>
            <b>{formatNumber(result[outcome])}</b>
            {t(`settings.userImport.${result.written ? 'outcomes' : 'plans'}.${outcome}`)}
          </span>
        ))}
    </div>
  );
}

function Rows({ rows }: { rows: ImportedRow[] }) {
  const { t } = useTranslation();
  return (
    // Scrolled by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('settings.userImport.rows')}>
      <DataTable
        label={t('settings.userImport.rows')}
        items={rows.slice(0, SHOWN)}
        rowKey={(row) => row.line}
        columns={[
          {
            key: 'who',
            label: t('common.name'),
            width: '36%',
            cell: (row) => (
              <div>
                {row.name || '–'}
                <Text size="xs" c="dimmed">
                  {t('settings.userImport.line', { line: row.line })}
                  {row.email && ` · ${row.email}`}
                </Text>
              </div>
            ),
          },
          {
            key: 'outcome',
            label: t('settings.userImport.outcome'),
            cell: (row) =>
              row.outcome === 'refused' ? (
                <Stack gap={2} ta="left">
                  {row.violations.map((violation, index) => (
                    <Group key={index} gap={4} wrap="nowrap" align="start">
                      <IconAlertTriangle
                        size={14}
                        color="var(--mantine-color-red-7)"
                        style={{ flex: 'none', marginTop: 3 }}
                        aria-hidden
                      />
                      <Text size="xs">
                        <b>{violation.field}</b>
                        {violation.value ? ` “${violation.value}”` : ''}:{' '}
                        {t('settings.userImport.expected', { what: violation.expectation })}
                      </Text>
                    </Group>
                  ))}
                </Stack>
              ) : (
                <Status state={row.outcome} />
              ),
          },
        ]}
      />
      {rows.length > SHOWN && (
        <Text size="xs" c="dimmed" p="xs">
          {t('settings.userImport.more', { count: rows.length - SHOWN })}
        </Text>
      )}
    </div>
  );
}
