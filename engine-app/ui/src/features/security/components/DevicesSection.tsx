import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useForgetDevice, useRememberedDevices } from '@/api/secondFactor';
import { DataTable } from '@/components/DataTable';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { deviceName } from '../device';

/** Devices on which no code is asked for. */
export function DevicesSection() {
  const { t } = useTranslation();
  const devices = useRememberedDevices();
  const forget = useForgetDevice();
  if (devices.error) return <ProblemAlert error={devices.error} onRetry={() => void devices.refetch()} />;
  if (devices.isPending) return <PageSkeleton />;
  if (devices.data.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('security.noDevices')}
      </Text>
    );
  }
  return (
    <>
      {forget.error && <ProblemAlert error={forget.error} />}
      <DataTable
        label={t('security.devices')}
        items={devices.data}
        rowKey={(device) => device.handle}
        columns={[
          {
            key: 'device',
            label: t('security.device'),
            cell: (device) => (
              <div title={device.device}>
                {deviceName(device.device)}
                <Text size="xs" c="dimmed">
                  {device.address}
                </Text>
              </div>
            ),
          },
          { key: 'since', label: t('security.since'), cell: (device) => <Moment at={device.since} /> },
          { key: 'until', label: t('security.until'), cell: (device) => <Moment at={device.until} /> },
          {
            key: 'forget',
            label: '',
            cell: (device) => (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('security.forgetDevice', { name: deviceName(device.device) })}
                loading={forget.isPending && forget.variables === device.handle}
                onClick={() => forget.mutate(device.handle)}
              >
                {t('security.forget')}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
