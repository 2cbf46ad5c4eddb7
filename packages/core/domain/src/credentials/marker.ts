/** The text by which a vendor object is known as this deployment's, and as this row's. */
export const markerOf = (deploymentId: string, credentialId: string): string =>
  `hyperfleet-pull-secret/${deploymentId}/${credentialId}`

/** Control objects prove that this service would see its own objects; they carry no credential of a cluster. */
export const controlMarkerOf = (deploymentId: string): string => `hyperfleet-pull-secret/${deploymentId}/control`
