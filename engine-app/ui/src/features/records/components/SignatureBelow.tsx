import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSignature } from '@/api/profile';
import { AppLink } from '@/components/AppLink';
import { HtmlFrame } from '@/components/HtmlFrame';

/** What goes under the mail by itself, and where it is changed. */
export function SignatureBelow() {
  const { t } = useTranslation();
  const signature = useSignature();
  if (signature.isPending || signature.error) return null;
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('bulk.signature')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t(signature.data === null ? 'bulk.noSignature' : 'bulk.signatureText')}{' '}
        <Anchor size="xs" underline="always" renderRoot={(props) => <AppLink {...props} href="/profile" />}>
          {t('bulk.changeSignature')}
        </Anchor>
      </Text>
      {signature.data !== null && (
        <HtmlFrame title={t('bulk.signature')} html={signature.data} height={110} />
      )}
    </div>
  );
}
