import type { NameIngredients } from '@pull-secret/domain'

/** `hyp-{32 hex}`: unique for every row, and legal whatever the cluster is called. */
export const parcelKeyName = ({ entropy }: NameIngredients): string => `hyp-${entropy}`
