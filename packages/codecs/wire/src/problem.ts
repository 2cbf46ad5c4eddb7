import { described } from '@pull-secret/decoding'
import * as t from 'io-ts'
import { text, timestamp } from './text-codecs.ts'

export const problemMediaType = 'application/problem+json'

const fieldProblem = described(
  t.type(
    {
      field: text('Path of the field, joined by dots; empty for the value as a whole.', 'cloud_provider'),
      code: text('Code of the rule that the field breaks.', 'HYPERFLEET-VAL-002'),
      message: text(
        'What is wrong, for people. Never the value.',
        'cloud_provider must be one of gcp, aws, azure, oci',
      ),
    },
    'the problem of a field',
  ),
  'What is wrong with one field of a request.',
  { title: 'FieldProblem' },
)

export type FieldProblem = t.TypeOf<typeof fieldProblem>

/** An error answer: RFC 9457, with the fields of the platform and, under `error`, the form of the first design. */
export const problem = described(
  t.type(
    {
      type: text(
        'Address of the page about this kind of problem; its last segment is the kind.',
        'https://docs.hyperfleet.io/errors/value-invalid',
      ),
      title: text('The kind of problem, for people.', 'Invalid Value'),
      status: described(t.number, 'Status of the answer.', {
        type: 'integer',
        minimum: 400,
        maximum: 599,
        example: 400,
      }),
      detail: text('What went wrong, for people.', 'cloud_provider must be one of gcp, aws, azure, oci'),
      instance: text('Path of the request.', '/v1/clusters/cls-abc123def456/pull-secrets'),
      timestamp: described(timestamp, 'When the request was answered.'),
      trace_id: text('Leads to the log and the audit records of the request.', '4bf92f3577b34da6a3ce929d0e0e4736'),
      code: text('Code of the platform.', 'HYPERFLEET-VAL-002'),
      errors: described(t.array(fieldProblem), 'What is wrong with each field; empty unless a field is at fault.'),
      error: described(
        t.type(
          {
            code: text('Symbol of the problem, for programs.', 'INVALID_REQUEST'),
            message: text('The same as `detail`.', 'cloud_provider must be one of gcp, aws, azure, oci'),
            details: described(t.UnknownRecord, 'What else is known, such as `field` or `valid_values`.', {
              example: { field: 'cloud_provider', valid_values: ['gcp', 'aws', 'azure', 'oci'] },
            }),
          },
          'an error',
        ),
        'The problem in the form of the first design.',
        { title: 'ProblemError' },
      ),
    },
    'a problem',
  ),
  'An error as RFC 9457 has it, with the fields of the platform. Programs branch on `type` or `error.code`.',
  { title: 'Problem' },
)

export type Problem = t.TypeOf<typeof problem>
