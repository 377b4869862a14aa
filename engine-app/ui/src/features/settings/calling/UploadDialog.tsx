import {
  Anchor,
  Badge,
  Button,
  Checkbox,
  FileInput,
  Group,
  Progress,
  Select,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldType } from '@/api/getSchema';
import { FormDialog, Unsaved } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { fieldErrors, ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { url } from '@/lib/http';
import { type LeadList, type TableColumn, useTableOf } from '../api/calling';
import {
  type ListUpload,
  useCancelUpload,
  useSendUpload,
  useStartUpload,
  useUploads,
} from '../api/listLeads';
import classes from './Calling.module.css';

const ENCODINGS = ['UTF-8', 'UTF-16', 'Windows-1252', 'ISO-8859-1'];
const TARGETS = ['phone1', 'phone2', 'phone3', 'phone4', 'phone5', 'timezone', 'name'];
const COUNTS = ['created', 'updated', 'migrated', 'skipped', 'failed'] as const;

/** The order of the definition, which files are best in, with the marks of each column (LEAD-210). */
function Order({ columns }: { columns: TableColumn[] }) {
  const { t, i18n } = useTranslation();
  const typeName = (type: string) => {
    const name = type.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    return i18n.exists(`fieldTypes.${name}`) ? t(`fieldTypes.${name as FieldType}`) : type;
  };
  return (
    <div>
      <Text size="sm">{t('calling.upload.order')}</Text>
      <ol className={classes.order}>
        {columns.map((column) => (
          <li key={column.name}>
            <Group gap={6} component="span" display="inline-flex">
              <b>{column.name}</b>
              <Text size="xs" c="dimmed" component="span">
                {typeName(column.type)}
              </Text>
              {column.primary && <Badge size="xs">{t('calling.tables.primary')}</Badge>}
              {column.unique && !column.primary && (
                <Badge size="xs" color="gray">
                  {t('calling.tables.unique')}
                </Badge>
              )}
              {column.nullable && (
                <Badge size="xs" color="gray">
                  {t('calling.tables.nullable')}
                </Badge>
              )}
            </Group>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Which header goes to which of the targets that the columns of the process have (LEAD-056, LEAD-057). */
function Mapping({
  list,
  upload,
  columns,
  onDone,
}: {
  list: LeadList;
  upload: ListUpload;
  columns: TableColumn[];
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const fold = (name: string) => name.trim().toLowerCase();
  const targets = columns.filter((column) => TARGETS.includes(fold(column.name)));
  const headers = [...new Set(upload.headers.filter((header) => header.trim() !== ''))];
  const [mapping, setMapping] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      targets.flatMap(({ name }) => {
        const same = headers.find((header) => fold(header) === fold(name));
        return same ? [[name, same]] : [];
      }),
    ),
  );
  const start = useStartUpload(list.process);
  const cancel = useCancelUpload(list.process);
  const { errorOf, elsewhere } = fieldErrors(
    start.error,
    targets.map((target) => fold(target.name)),
  );
  return (
    <Stack gap="sm">
      <Unsaved values={mapping} settled={start.isPending || start.isSuccess} />
      <Title order={3} size="h5">
        {t('calling.upload.mapping', { name: upload.fileName })}
      </Title>
      <Text size="sm" c="dimmed">
        {t('calling.upload.mappingText')}
      </Text>
      {elsewhere && <ProblemAlert error={start.error} />}
      {targets.map((target) => (
        <Select
          key={target.name}
          label={target.name}
          placeholder={t('calling.upload.unmapped')}
          data={headers.filter(
            (header) => mapping[target.name] === header || !Object.values(mapping).includes(header),
          )}
          value={mapping[target.name] ?? null}
          error={errorOf(fold(target.name))}
          required={!target.nullable}
          searchable
          clearable
          onChange={(header) =>
            setMapping((before) => {
              const { [target.name]: _, ...rest } = before;
              return header === null ? rest : { ...rest, [target.name]: header };
            })
          }
        />
      ))}
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(upload.id, { onSuccess: onDone })}
        >
          {t('common.cancel')}
        </Button>
        <Button
          loading={start.isPending}
          onClick={() => start.mutate({ id: upload.id, mapping }, { onSuccess: onDone })}
        >
          {t('calling.upload.start')}
        </Button>
      </Group>
    </Stack>
  );
}

/** How one upload stands (LEAD-053, LEAD-211). */
function UploadRow({
  list,
  upload,
  onMap,
}: {
  list: LeadList;
  upload: ListUpload;
  onMap: (upload: ListUpload) => void;
}) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const cancel = useCancelUpload(list.process);
  const running = upload.status === 'running';
  const waits = upload.status === 'prepared';
  const remarks = upload.counts.skipped + upload.counts.failed + upload.counts.migrated > 0;
  return (
    <li className={classes.upload}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {upload.fileName}
          </Text>
          <Status state={upload.status} />
        </Group>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            <Moment at={upload.createdAt} />
          </Text>
          {waits && <Button onClick={() => onMap(upload)}>{t('calling.upload.map')}</Button>}
          {(running || waits) && (
            <Button
              variant="default"
              loading={cancel.isPending}
              aria-label={t('calling.upload.cancelOne', { name: upload.fileName })}
              onClick={() =>
                cancel.mutate(upload.id, {
                  onError: (error) => toast(problemText(error), { kind: 'bad' }),
                })
              }
            >
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Group>
      {running && (
        <Progress
          value={upload.totalBytes > 0 ? Math.min(100, (upload.bytes / upload.totalBytes) * 100) : 100}
          my="xs"
          aria-label={t('calling.upload.progress', { name: upload.fileName })}
        />
      )}
      {!waits && (
        <Group gap="md" mt={4}>
          {COUNTS.map((count) => (
            <Text
              key={count}
              size="sm"
              c={count === 'failed' && upload.counts.failed > 0 ? 'var(--ll-bad)' : undefined}
            >
              <b>{formatNumber(upload.counts[count])}</b> {t(`calling.upload.counts.${count}`)}
            </Text>
          ))}
          {remarks && (
            <Anchor size="sm" href={url(`/list-uploads/${upload.id}/rows.csv`)} download>
              {t('calling.upload.rows')}
            </Anchor>
          )}
        </Group>
      )}
      {upload.ignored.length > 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('calling.upload.ignored', { headers: upload.ignored.join(', ') })}
        </Text>
      )}
      {upload.problem && (
        <Text size="sm" c="var(--ll-bad)" mt={4}>
          {upload.problem}
        </Text>
      )}
    </li>
  );
}

function Upload({ list, onClose }: { list: LeadList; onClose: () => void }) {
  const { t } = useTranslation();
  const table = useTableOf(list.process, true);
  const uploads = useUploads(list.process, list.id);
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const [update, setUpdate] = useState(false);
  const [migrate, setMigrate] = useState(false);
  const [map, setMap] = useState(false);
  const [encoding, setEncoding] = useState('UTF-8');
  const [part, setPart] = useState(0);
  const [mapped, setMapped] = useState<ListUpload | null>(null);
  const send = useSendUpload(list.process, list.id, setPart);
  const { errorOf, elsewhere } = fieldErrors(send.error, ['file', 'encoding']);
  if (mapped && table.data) {
    return (
      <Mapping list={list} upload={mapped} columns={table.data.columns} onDone={() => setMapped(null)} />
    );
  }
  return (
    <Stack gap="md">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (send.isPending) return;
          setMissing(file === null);
          if (file === null) return;
          setPart(0);
          send.mutate(
            { file, update, migrate, map, encoding },
            {
              onSuccess: (sent) => {
                setFile(null);
                if (map) setMapped(sent);
                else toast(t('calling.upload.sent', { name: sent.fileName }));
              },
            },
          );
        }}
      >
        <Stack gap="sm">
          <Unsaved values={file?.name ?? ''} settled={send.isPending || file === null} />
          {elsewhere && <ProblemAlert error={send.error} />}
          <FileInput
            label={t('calling.upload.file')}
            description={t('calling.upload.fileText')}
            placeholder={t('imports.choose')}
            accept=".csv,.txt,.tsv,.xlsx,text/csv"
            leftSection={<IconUpload size={16} />}
            value={file}
            error={missing && file === null ? t('calling.upload.chooseFile') : errorOf('file')}
            onChange={setFile}
            clearable
          />
          <Anchor size="sm" underline="always" href={url(`/lead-lists/${list.id}/sample.csv`)} download>
            {t('calling.upload.sample')}
          </Anchor>
          {table.data && <Order columns={table.data.columns} />}
          <Checkbox
            label={t('calling.upload.update')}
            description={t('calling.upload.updateText')}
            checked={update}
            onChange={(event) => {
              setUpdate(event.currentTarget.checked);
              if (event.currentTarget.checked) setMigrate(false);
            }}
          />
          <Checkbox
            label={t('calling.upload.migrate')}
            description={t('calling.upload.migrateText')}
            checked={migrate}
            onChange={(event) => {
              setMigrate(event.currentTarget.checked);
              if (event.currentTarget.checked) setUpdate(false);
            }}
          />
          <Checkbox
            label={t('calling.upload.header')}
            description={t('calling.upload.headerText')}
            checked={map}
            onChange={(event) => setMap(event.currentTarget.checked)}
          />
          <Select
            label={t('calling.upload.encoding')}
            maw={220}
            data={ENCODINGS}
            value={encoding}
            error={errorOf('encoding')}
            allowDeselect={false}
            onChange={(next) => setEncoding(next ?? 'UTF-8')}
          />
          {send.isPending && (
            <Progress value={part * 100} aria-label={t('imports.sending', { name: file?.name ?? '' })} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={send.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      {uploads.error ? (
        <ProblemAlert error={uploads.error} onRetry={() => void uploads.refetch()} />
      ) : (
        (uploads.data?.length ?? 0) > 0 && (
          <div>
            <Title order={3} size="h5" mb="xs">
              {t('calling.upload.last')}
            </Title>
            <ul className={classes.uploads}>
              {uploads.data?.map((each) => (
                <UploadRow key={each.id} list={list} upload={each} onMap={setMapped} />
              ))}
            </ul>
          </div>
        )
      )}
    </Stack>
  );
}

/** A file into one list, and how the last ones stand (LEAD-038). */
export function UploadDialog({ list, onClose }: { list: LeadList | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog
      opened={list !== null}
      onClose={onClose}
      size="lg"
      title={t('calling.upload.into', { name: list?.name ?? '' })}
    >
      {list && <Upload key={list.id} list={list} onClose={onClose} />}
    </FormDialog>
  );
}
