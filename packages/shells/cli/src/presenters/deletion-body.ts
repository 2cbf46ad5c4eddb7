import type { AnswerOf, DeletingBody } from '@pull-secret/wire'

/** A deletion as programs read it: the body of the HTTP API, or that everything is proved revoked. */
export type DeletionBody = { readonly status: 'deleted' } | DeletingBody

export const deletionBodyOf = ({ body }: AnswerOf<'deletePullSecret'>): DeletionBody => body ?? { status: 'deleted' }
