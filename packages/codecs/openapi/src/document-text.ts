import { stringify } from 'yaml'
import type { OpenApiDocument } from './build-document.ts'

export const documentAsJson = (document: OpenApiDocument): string => JSON.stringify(document)

/** As parsers of YAML 1.1 read it too: what they would take for a time or a number is quoted. */
export const documentAsYaml = (document: OpenApiDocument): string =>
  stringify(document, { aliasDuplicateObjects: false, compat: 'yaml-1.1', lineWidth: 0 })
