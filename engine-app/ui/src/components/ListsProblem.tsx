import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './ProblemAlert';

/** What a form or an input chooses from, as a query has read it. */
interface Read {
  data: unknown;
  error: unknown;
  isFetching: boolean;
  refetch: () => Promise<unknown>;
}

/** Says that what can be chosen could not be read: without it a list would look as if there were nothing in it. */
export function ListsProblem({ lists }: { lists: readonly Read[] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  // What was read before is still there to choose from.
  const failed = lists.filter((list) => list.error != null && list.data === undefined);
  const [first] = failed;
  if (!first) return null;
  return (
    <Alert color="red" variant="light" role="alert" p="xs" icon={<IconAlertTriangle size={16} />}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" flex="1 1 180px" style={{ overflowWrap: 'anywhere' }}>
          {t('problem.lists', { why: problemText(first.error) })}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          loading={failed.some((list) => list.isFetching)}
          onClick={() => failed.forEach((list) => void list.refetch())}
        >
          {t('common.retry')}
        </Button>
      </Group>
    </Alert>
  );
}
