import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { OpenApiDocument } from '../src/index.ts'

/** Validates values by the schemas of a document. */
export const schemaValidator = (document: OpenApiDocument): ((schema: object) => ValidateFunction) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ ...document, $id: 'https://document.example/' })
  return (schema) =>
    ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', '"$ref":"https://document.example/#')) as object,
    )
}
