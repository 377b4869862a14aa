import { ActionIcon, Button, FileButton, Group, Pill, Stack, Text, Textarea } from '@mantine/core';
import { IconPaperclip, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateRecord, useDeleteRecord, useRestoreRecord } from '@/api/changeRecord';
import { useUsers } from '@/api/getUsers';
import { useRecords } from '@/api/listRecords';
import { type Entity, type RecordData, singular, text } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { Moment } from '@/components/Moment';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { Nothing, Panel } from '../components/Panel';
import classes from '../components/Panels.module.css';
import { NEW_NOTE } from '../components/shapes';
import { FileList } from './FileList';
import { LONGEST, useFiles, useUploadFile } from './files';
import { useFileProblem } from './FilesPanel';

/** Notes with who wrote them, when, and what is attached (LEAD-121, PLT-059). */
export function NotesPanel({ entity, id }: { entity: Entity; id: number }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const link = singular(entity);
  const [draft, setDraft] = useState('');
  const [attached, setAttached] = useState<File[]>([]);
  const [saving, setSaving] = useState(false);
  /** What did not arrive, by the note that it belongs to. */
  const [failed, setFailed] = useState<{ note: number; file: File }[]>([]);
  const forget = useRef<() => void>(null);
  const mayCreate = useMayWith('notes', 'create');
  const mayDelete = useMayWith('notes', 'delete');
  const mayAttach = useMayWith('notes', 'edit');
  const notes = useRecords('notes', { filter: `${link} = ${id}`, sort: '-createdAt', limit: 20 });
  const files = useFiles(entity, id);
  const users = useUsers().data;
  const create = useCreateRecord('notes');
  const remove = useDeleteRecord('notes');
  const restore = useRestoreRecord('notes');
  const upload = useUploadFile(entity, id);
  const problem = useFileProblem();

  const send = async (note: number, wanted: File[]) => {
    for (const file of wanted) {
      try {
        await upload.mutateAsync({ file, note });
        setFailed((before) => before.filter((one) => one.file !== file));
      } catch (error) {
        problem(file.name, error);
        setFailed((before) => [...before.filter((one) => one.file !== file), { note, file }]);
      }
    }
  };
  const save = async () => {
    setSaving(true);
    try {
      const note = await create.mutateAsync({ values: { text: draft.trim(), [link]: id } });
      setDraft('');
      await send(note.id, attached);
      setAttached([]);
    } catch (error) {
      toast(problemText(error), { kind: 'bad' });
    } finally {
      setSaving(false);
    }
  };

  const line = (note: RecordData) => {
    const by = users?.find((user) => user.id === note.values['createdBy'])?.name;
    const own = files.data?.filter((file) => file.note === note.id) ?? [];
    return (
      <li key={note.id} className={classes.note}>
        <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          {text(note, 'text')}
        </Text>
        {own.length > 0 && <FileList entity={entity} id={id} files={own} fixed={!mayAttach} brief />}
        {failed
          .filter((one) => one.note === note.id)
          .map(({ file }) => (
            <Group key={file.name} gap="xs" justify="space-between">
              <Text size="xs" c="var(--ll-bad)" style={{ overflowWrap: 'anywhere' }}>
                {t('files.failed', { name: file.name })}
              </Text>
              <Button
                variant="default"
                size="compact-xs"
                loading={upload.isPending}
                aria-label={t('files.again', { name: file.name })}
                onClick={() => void send(note.id, [file])}
              >
                {t('common.retry')}
              </Button>
            </Group>
          ))}
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {by && `${by} · `}
            <Moment at={text(note, 'createdAt')} />
          </Text>
          {mayDelete && (
            <ActionIcon
              size="sm"
              aria-label={t('record.deleteNote')}
              onClick={() =>
                remove.mutate(
                  { id: note.id, version: note.version },
                  {
                    onSuccess: () =>
                      toast(t('record.noteDeleted'), {
                        action: { label: t('common.undo'), run: () => restore.mutate({ id: note.id }) },
                      }),
                    onError: (error) => toast(problemText(error), { kind: 'bad' }),
                  },
                )
              }
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </Group>
      </li>
    );
  };

  return (
    <Panel title={t('record.notes')}>
      <Stack gap="xs">
        {mayCreate && (
          <Textarea
            id={NEW_NOTE}
            aria-label={t('record.newNote')}
            placeholder={t('record.newNote')}
            autosize
            minRows={1}
            maxRows={6}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
        )}
        {!mayCreate && notes.data?.items.length === 0 && <Nothing>{t('record.noNotes')}</Nothing>}
        {attached.length > 0 && (
          <Pill.Group>
            {attached.map((file, index) => (
              <Pill
                key={`${file.name}-${index}`}
                withRemoveButton
                removeButtonProps={{ 'aria-label': t('files.detach', { name: file.name }) }}
                onRemove={() => setAttached((before) => before.filter((one) => one !== file))}
              >
                {file.name}
              </Pill>
            ))}
          </Pill.Group>
        )}
        {(draft.trim() !== '' || attached.length > 0) && (
          <Group justify="flex-end" gap="xs">
            {mayAttach && (
              <FileButton
                multiple
                resetRef={forget}
                inputProps={{ 'aria-label': t('files.attach') }}
                onChange={(chosen) => {
                  forget.current?.();
                  for (const file of chosen) if (file.size > LONGEST) problem(file.name);
                  setAttached((before) => [...before, ...chosen.filter(({ size }) => size <= LONGEST)]);
                }}
              >
                {(props) => (
                  <Button {...props} variant="default" leftSection={<IconPaperclip size={14} />}>
                    {t('files.attach')}
                  </Button>
                )}
              </FileButton>
            )}
            <Button loading={saving} disabled={draft.trim() === ''} onClick={() => void save()}>
              {t('record.saveNote')}
            </Button>
          </Group>
        )}
        {notes.error && <ProblemAlert error={notes.error} onRetry={() => void notes.refetch()} />}
        <ul className={classes.plain}>{notes.data?.items.map(line)}</ul>
      </Stack>
    </Panel>
  );
}
