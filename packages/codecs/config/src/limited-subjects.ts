import { exactly, nonEmptyText, wholeNumber } from '@pull-secret/decoding'
import * as t from 'io-ts'

export const perMinute = wholeNumber(1, 6_000_000)
export const perSecond = wholeNumber(1, 100_000)

const ownLimit = exactly('a limit', {}, { per_minute: perMinute, per_second: perSecond })
const limitedSubject = exactly('the limits of a caller', { subject: nonEmptyText, standard: ownLimit }, {})

/** Callers whose limits differ from everybody's. */
export const limitedSubjects = t.readonlyArray(limitedSubject, 'a list of callers with their limits')
