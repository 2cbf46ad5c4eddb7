/** A check asks every vendor, and waits for the slowest. */
export const vendorCheckTimeout = { timeoutSeconds: 30 } as const
