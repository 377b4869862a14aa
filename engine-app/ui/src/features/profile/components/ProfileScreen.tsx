import { Avatar, Button, Stack } from '@mantine/core';
import { IconPlugConnected, IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { PictureInput } from '@/components/PictureInput';
import { ScreenProblem } from '@/components/ScreenProblem';
import { toast } from '@/components/toasts';
import { type Profile, useProfile, usePutPhoto, useRemovePhoto } from '../api/profile';
import { ProfileForm } from './ProfileForm';

function Photo({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const put = usePutPhoto();
  const remove = useRemovePhoto();
  return (
    <PictureInput
      label={t('profile.photo')}
      preview={
        <Avatar
          size={72}
          src={profile.photo ?? null}
          name={profile.name}
          alt={t('profile.photo')}
          color="loom"
          variant="filled"
        />
      }
      present={Boolean(profile.photo)}
      error={put.error ?? remove.error}
      busy={put.isPending || remove.isPending}
      question={{ title: t('profile.removePhoto'), text: t('profile.removePhotoText') }}
      onPick={(file) => {
        remove.reset();
        put.mutate(file, { onSuccess: () => toast(t('common.saved')) });
      }}
      onRemove={() => {
        put.reset();
        remove.mutate(undefined, { onSuccess: () => toast(t('common.saved')) });
      }}
    />
  );
}

/** The own profile (SET-039 to SET-043, SET-135). */
export function ProfileScreen() {
  const { t } = useTranslation();
  const profile = useProfile();
  if (profile.error && !profile.data) {
    return (
      <ScreenProblem
        error={profile.error}
        onRetry={() => void profile.refetch()}
        back={{ href: '/', label: t('nav.home') }}
      />
    );
  }
  if (!profile.data) return <PageSkeleton />;
  return (
    <Page
      title={t('profile.title')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={14} />}
            renderRoot={(props) => <AppLink {...props} href="/profile/integrations" />}
          >
            {t('integrations.title')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconShieldLock size={14} />}
            renderRoot={(props) => <AppLink {...props} href="/profile/security" />}
          >
            {t('security.title')}
          </Button>
        </>
      }
    >
      <Stack gap={32} maw={760} mt="sm">
        <Photo profile={profile.data} />
        <ProfileForm
          profile={profile.data}
          onLoadAgain={async () => {
            const present = await profile.refetch();
            return present.isSuccess ? present.data : undefined;
          }}
        />
      </Stack>
    </Page>
  );
}
