import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { sessionKey, sessionSchema } from '@/api/session';
import { setPlace } from '@/lib/format';
import { act, call, get, Problem } from '@/lib/http';

/** What a sign-in waits for after a right password; undefined when it waits for nothing. */
export function secondStepOf(error: unknown): 'code' | 'enrolment' | undefined {
  const step = error instanceof Problem ? error.body['secondFactor'] : undefined;
  return step === 'code' || step === 'enrolment' ? step : undefined;
}

const enrolmentSchema = z.object({ secret: z.string(), uri: z.string(), svg: z.string() });
const confirmedSchema = z.object({ recoveryCodes: z.array(z.string()), session: sessionSchema });
const stateSchema = z.looseObject({
  enabled: z.boolean(),
  since: z.nullish(z.string()),
  mandated: z.boolean(),
  recoveryCodesLeft: z.number(),
});
const codesSchema = z.object({ recoveryCodes: z.array(z.string()) });
const deviceSchema = z.looseObject({
  handle: z.string(),
  device: z.string(),
  address: z.string(),
  since: z.string(),
  until: z.string(),
});

const stateKey = ['second-factor'] as const;
const devicesKey = ['remembered-devices'] as const;

/** Ends a sign-in with a code. */
export function useSecondStep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { code: string; remember: boolean }) =>
      call('PUT', sessionSchema, '/session/second-factor', body),
    onSuccess: (session) => {
      setPlace({ timeZone: session.timeZone ?? '', locale: session.locale ?? '' });
      client.setQueryData(sessionKey, session);
    },
  });
}

export function useBeginEnrolment() {
  return useMutation({
    mutationFn: (password: string) =>
      call('POST', enrolmentSchema, '/session/second-factor/enrolment', { password }),
    gcTime: 0,
  });
}

export function useConfirmEnrolment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => call('PUT', confirmedSchema, '/session/second-factor/enrolment', { code }),
    onSuccess: () => client.invalidateQueries({ queryKey: stateKey }),
    gcTime: 0,
  });
}

export function useSecondFactor() {
  return useQuery({ queryKey: stateKey, queryFn: () => get(stateSchema, '/session/second-factor') });
}

export function useRemoveSecondFactor() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => act('POST', '/session/second-factor/removal', { password }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: stateKey }),
        client.invalidateQueries({ queryKey: devicesKey }),
      ]),
  });
}

export function useNewRecoveryCodes() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) =>
      call('PUT', codesSchema, '/session/second-factor/recovery-codes', { password }),
    onSuccess: () => client.invalidateQueries({ queryKey: stateKey }),
    gcTime: 0,
  });
}

export function useRememberedDevices() {
  return useQuery({
    queryKey: devicesKey,
    queryFn: () => get(z.array(deviceSchema), '/session/devices'),
  });
}

export function useForgetDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (handle: string) => act('DELETE', `/session/devices/${handle}`),
    onSettled: () => client.invalidateQueries({ queryKey: devicesKey }),
  });
}
