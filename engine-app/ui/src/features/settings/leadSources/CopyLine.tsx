import { ActionIcon, Box, Code, CopyButton, Group, Input, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Something that is copied elsewhere, on one line or as a block. */
export function CopyLine({
  label,
  text,
  value,
  block = false,
  children,
}: {
  label: string;
  text?: string;
  value: string;
  block?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Box>
      <Group justify="space-between" align="end" wrap="nowrap" gap="xs" mb={4}>
        <div>
          <Text size="sm" fw={500}>
            {label}
          </Text>
          {text && <Input.Description>{text}</Input.Description>}
        </div>
        <Group gap={4} wrap="nowrap">
          {children}
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Tooltip label={t(copied ? 'common.copied' : 'common.copy')}>
                <ActionIcon
                  size={30}
                  variant="default"
                  aria-label={t('leadSources.copyOf', { what: label })}
                  onClick={copy}
                >
                  {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        </Group>
      </Group>
      <Code block style={{ whiteSpace: block ? 'pre-wrap' : 'normal', overflowWrap: 'anywhere' }}>
        {value}
      </Code>
    </Box>
  );
}
