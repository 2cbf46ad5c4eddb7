import { extraKnobs, vendorKinds } from './vendor-knobs.ts'

/** Whether a description, as in `quay+quota`, names a known kind and known knobs. */
export const isVendor = (description: string): boolean => {
  const [kind = '', ...extras] = description.split('+')
  return Object.hasOwn(vendorKinds, kind) && extras.every((extra) => Object.hasOwn(extraKnobs, extra))
}
