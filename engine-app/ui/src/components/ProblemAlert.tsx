import { Alert, type AlertProps, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Problem, type Violation } from '@/lib/http';

/** One sentence that says what happened, in the reader's words. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error);
    if (error.status === 0) return t('problem.unreachable');
    if (error.title === 'unexpected') return t('problem.unexpected', { where: error.detail });
    if (error.status === 403) return error.detail || t('problem.forbidden');
    if (error.status === 404) return error.detail || t('problem.missing');
    if (error.detail) return error.detail;
    if (error.title) return error.title;
    return t('problem.failed', { status: error.status });
  };
}

/** Whether somebody else changed the same meanwhile: what is to be saved stands on an old version. */
export function isOutdated(error: unknown): boolean {
  return (
    error instanceof Problem &&
    error.status === 409 &&
    // Whoever lost a race is told so without it, and tries again with what is typed.
    error.violations.some((violation) => violation.field === 'version')
  );
}

export function violationsOf(error: unknown): Violation[] {
  return error instanceof Problem ? error.violations : [];
}

/**
 * What is wrong with the inputs of a form.
 *
 * @param known the fields that the form has inputs for
 */
export function fieldErrors(error: unknown, known: readonly string[]) {
  const violations = violationsOf(error);
  return {
    /** What was expected of a field. */
    errorOf: (field: string) => violations.find((entry) => entry.field === field)?.expectation,
    /** Whether something is wrong that stands at no input, so that the form has to say it. */
    elsewhere:
      error != null && (violations.length === 0 || violations.some((entry) => !known.includes(entry.field))),
  };
}

interface Props extends Omit<AlertProps, 'title' | 'children'> {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** What trying again is called. */
  retry?: string;
}

/** What went wrong, why, and what to do. */
export function ProblemAlert({ error, onRetry, retry, ...rest }: Props) {
  const { t } = useTranslation();
  const text = useProblemText();
  const violations = violationsOf(error);
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle size={18} />}
      title={t('problem.title')}
      {...rest}
    >
      <Stack gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {text(error)}
        </Text>
        {violations.length > 0 && (
          <List size="sm">
            {violations.map((violation, index) => (
              <List.Item key={index}>
                <b>{violation.field}</b>: {violation.expectation}
              </List.Item>
            ))}
          </List>
        )}
        {onRetry && (
          <Group>
            <Button variant="default" onClick={onRetry}>
              {retry ?? t('common.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
