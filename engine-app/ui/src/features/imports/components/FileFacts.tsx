import { Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatBytes, formatNumber } from '@/lib/format';
import { type ImportJob, type Reading, useReadImport } from '../api/imports';

const ENCODINGS = ['UTF-8', 'windows-1252', 'ISO-8859-1', 'UTF-16LE', 'UTF-16BE'];
const DELIMITERS = [',', ';', '\t', '|'] as const;
const NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** How the file is read, which can be changed, and how many rows it has. */
export function FileFacts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const read = useReadImport(job.id);
  const encoding = job.encoding ?? null;
  const delimiter = job.delimiter ?? null;
  const change = (reading: Partial<Reading>) => read.mutate({ encoding, delimiter, ...reading });
  const known = (all: readonly string[], one: string) => (all.includes(one) ? all : [...all, one]);
  return (
    <div>
      <Group gap="md" align="end">
        {encoding !== null && delimiter !== null && (
          <>
            <Select
              size="xs"
              w={170}
              label={t('imports.encoding')}
              data={[...known(ENCODINGS, encoding)]}
              value={encoding}
              allowDeselect={false}
              disabled={read.isPending}
              onChange={(next) => next && change({ encoding: next })}
            />
            <Select
              size="xs"
              w={170}
              label={t('imports.delimiter')}
              data={known(DELIMITERS, delimiter).map((one) => ({
                value: one,
                label: one in NAMES ? t(`imports.delimiters.${NAMES[one as keyof typeof NAMES]}`) : one,
              }))}
              value={delimiter}
              allowDeselect={false}
              disabled={read.isPending}
              onChange={(next) => next && change({ delimiter: next })}
            />
          </>
        )}
        <Text size="sm" c="dimmed" pb={4} aria-live="polite">
          {t(job.allCounted ? 'imports.fileRows' : 'imports.fileRowsSoFar', {
            count: job.counted ?? 0,
            number: formatNumber(job.counted ?? 0),
          })}
          {job.totalBytes != null && ` · ${formatBytes(job.totalBytes)}`}
        </Text>
      </Group>
      {read.error && <ProblemAlert error={read.error} mt="sm" />}
    </div>
  );
}
