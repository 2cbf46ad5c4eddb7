import type { ServiceAnswer } from './exchange.ts'

/** Whatever may answer in the place of the service, its content types look like this. */
const mediaType = /^[\w.+-]{1,60}\/[\w.+-]{1,60}/

/** What kind of content an answer has instead of the JSON that the service writes. Undefined where it is JSON. */
export const foreignContentOf = ({ header }: Pick<ServiceAnswer, 'header'>): string | undefined => {
  const [type = 'no content type'] = mediaType.exec(header('content-type') ?? '') ?? []
  return /^application\/(problem\+)?json$/i.test(type) ? undefined : type
}
