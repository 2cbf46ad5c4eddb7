{{- define "pull-secret.item" -}}
- { key: {{ index . 0 | quote }}, path: {{ index . 1 | quote }} }
{{- end -}}

{{/* Takes the root and the Secret and key with the address of the database. */}}
{{- define "pull-secret.databaseFiles" -}}
{{- $values := .root.Values -}}
- configMap:
    name: {{ include "pull-secret.fullname" .root }}
    items: [{ key: config.yaml, path: config.yaml }]
- secret:
    name: {{ required "the Secret with the address of the database is required" .secret | quote }}
    items:
      - { key: {{ .urlKey | quote }}, path: secrets/database-url }
{{- if $values.database.caKey }}
- secret:
    name: {{ $values.database.existingSecret | quote }}
    items:
      - { key: {{ $values.database.caKey | quote }}, path: tls/database-ca.pem }
{{- end }}
{{- end -}}

{{/* What a process needs that works on credentials: key ring and registries. */}}
{{- define "pull-secret.workingFiles" -}}
{{- $encryption := .Values.encryption -}}
{{- $database := .Values.database -}}
{{- $address := dict "root" . "secret" $database.existingSecret "urlKey" $database.urlKey -}}
{{ include "pull-secret.databaseFiles" $address }}
- secret:
    name: {{ required "encryption.existingSecret is required" $encryption.existingSecret | quote }}
    items:
      - { key: {{ $encryption.keyRingKey | quote }}, path: secrets/key-ring.json }
{{- with .Values.staticTokens }}{{ if .existingSecret }}
- secret:
    name: {{ .existingSecret | quote }}
    items:
      - { key: {{ .key | quote }}, path: secrets/tokens.json }
{{- end }}{{ end }}
{{- with .Values.traces }}{{ if .existingSecret }}
- secret:
    name: {{ .existingSecret | quote }}
    items:
      - { key: {{ .headersKey | quote }}, path: secrets/trace-headers }
{{- end }}{{ end }}
{{- range $registry := .Values.registries }}
{{- if or .secretFiles .caKey }}
- secret:
    name: {{ required (printf "existingSecret of registry %s is required" .id) .existingSecret | quote }}
    items:
{{- range $key, $of := .secretFiles }}
      - { key: {{ $of | quote }}, path: {{ printf "registries/%s/%s" $registry.id $key | quote }} }
{{- end }}
{{- if .caKey }}
      - { key: {{ .caKey | quote }}, path: {{ printf "registries/%s/ca_file" .id | quote }} }
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "pull-secret.tlsFiles" -}}
{{- with .Values.tls }}{{ if .existingSecret }}
- secret:
    name: {{ .existingSecret | quote }}
    items:
      - { key: {{ .certKey | quote }}, path: tls/server.pem }
      - { key: {{ .keyKey | quote }}, path: tls/server.key }
{{- if .clientCaKey }}
      - { key: {{ .clientCaKey | quote }}, path: tls/clients.pem }
{{- end }}
{{- end }}{{ end }}
{{- end -}}

{{/* Folders that registries write, such as that of a htpasswd file. */}}
{{- define "pull-secret.registryVolumes" -}}
{{- range .Values.registries }}{{ if .volume }}
- name: {{ printf "registry-%s" .id }}
  {{- toYaml .volume.source | nindent 2 }}
{{- end }}{{ end }}
{{- end -}}

{{- define "pull-secret.registryMounts" -}}
{{- range .Values.registries }}{{ if .volume }}
- name: {{ printf "registry-%s" .id }}
  mountPath: {{ .volume.mountPath | quote }}
{{- end }}{{ end }}
{{- end -}}
