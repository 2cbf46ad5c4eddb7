import { describeExitCodes } from './failures/exit-codes.ts'

/** The help below the list of commands. */
export const helpText = (): string => `
Server or database:
  Commands call the server of --server or HYPERFLEET_PULL_SECRET_SERVER. Without one they
  work on the configured database, in this process. Both give the same answers. serve,
  migrate and health always use the configuration.

Configuration (flags over environment over file):
  The file is --config FILE, else HYPERFLEET_CONFIG, else /etc/hyperfleet/config.yaml.
  Every setting is also an environment variable and, unless it is a secret, a flag:
  pull-secret serve --help lists them.

Environment variables:
  HYPERFLEET_PULL_SECRET_SERVER       address of a server, without /v1
  HYPERFLEET_PULL_SECRET_TOKEN_FILE   file with the bearer token
  HYPERFLEET_PULL_SECRET_TOKEN        the bearer token, if there is no file
  HYPERFLEET_CONFIG                   configuration file
  NODE_EXTRA_CA_CERTS                 additional CAs to trust

Examples:
  pull-secret keys new --file key-ring.json
  pull-secret serve --config config.yaml --migrate
  pull-secret generate cls-abc123 --cloud-provider gcp --region us-east1
  pull-secret get cls-abc123 -o dockerconfigjson > config.json
  pull-secret rollout clusters.txt --results results.jsonl
  pull-secret delete cls-abc123 --wait --timeout 600
  pull-secret ban cls-abc123 --reason 'credentials in a public log'
  pull-secret clusters list --registry quay --older-than 90d
  pull-secret stuck
  pull-secret audit list --cluster cls-abc123 --since 24h
  pull-secret registries check -o json
  pull-secret doctor

Exit codes:
${describeExitCodes()}
`
