import type { Clock, Instant } from '@pull-secret/domain'
import type { KeyRing } from '@pull-secret/platform-node'
import type { PrometheusMeter } from '@pull-secret/telemetry'
import type { ListenerTls } from './open-listener-tls.ts'
import type { OpenedRegistries } from './open-registries.ts'

export interface AgingParts {
  readonly meter: Pick<PrometheusMeter, 'follow'>
  readonly clock: Pick<Clock, 'now'>
  readonly keyRing: Pick<KeyRing, 'writing'>
  readonly registries: Pick<OpenedRegistries, 'ownCredentials'>
  readonly tls: Pick<ListenerTls, 'expiresAt'> | undefined
}

/** Shows whoever scrapes how old the writing key is, and when what the service shows to others expires. */
export const followAges = ({ meter, clock, keyRing, registries, tls }: AgingParts): void => {
  const secondsFromNow = (instant: Instant): number => (instant - clock.now()) / 1000
  meter.follow('encryption_key_age_seconds', () => [
    { value: -secondsFromNow(keyRing.writing().createdAt), labels: {} },
  ])()
  meter.follow('own_credential_expiry_seconds', () => {
    const ofPort = tls?.expiresAt()
    return [
      ...registries.ownCredentials().map(({ registryId, kind, expiresAt }) => ({
        value: secondsFromNow(expiresAt),
        labels: { registry: registryId, kind },
      })),
      ...(ofPort === undefined ? [] : [{ value: secondsFromNow(ofPort), labels: { kind: 'server_certificate' } }]),
    ]
  })()
}
