{{/* The file config.yaml: what values give, and the paths of the files that the pod mounts. */}}
{{- define "pull-secret.config" -}}
{{- $values := .Values -}}
{{- $config := deepCopy $values.config -}}
{{- $_ := required "config.deployment.id is required: it marks the objects of this deployment" $config.deployment.id -}}
{{- $deployment := dict "mode" $values.mode -}}
{{- $database := dict "url_file" "/etc/hyperfleet/secrets/database-url" -}}
{{- if $values.database.caKey -}}
{{- $_ := set $database "tls" (dict "ca_file" "/etc/hyperfleet/tls/database-ca.pem") -}}
{{- end -}}
{{- $server := dict "port" 8080 "metrics_port" 8081 -}}
{{- if $values.tls.existingSecret -}}
{{- $tls := dict "cert_file" "/etc/hyperfleet/tls/server.pem" "key_file" "/etc/hyperfleet/tls/server.key" -}}
{{- if $values.tls.clientCaKey -}}
{{- $_ := set $tls "client_ca_file" "/etc/hyperfleet/tls/clients.pem" -}}
{{- end -}}
{{- $_ := set $server "tls" $tls -}}
{{- end -}}
{{- $files := dict "deployment" $deployment "database" $database "server" $server -}}
{{- $_ := set $files "encryption" (dict "key_ring_file" "/etc/hyperfleet/secrets/key-ring.json") -}}
{{- if $values.staticTokens.existingSecret -}}
{{- $_ := set $files "access" (dict "tokens_file" "/etc/hyperfleet/secrets/tokens.json") -}}
{{- end -}}
{{- if $values.traces.existingSecret -}}
{{- $traces := dict "headers_file" "/etc/hyperfleet/secrets/trace-headers" -}}
{{- $_ := set $files "telemetry" (dict "traces" $traces) -}}
{{- end -}}
{{- if $values.recovery.cronJob.enabled -}}
{{- $_ := set $files "jobs" (dict "recovery" (dict "interval_seconds" 0)) -}}
{{- end -}}
{{- $registries := list -}}
{{- range $values.registries -}}
{{- $registries = append $registries (include "pull-secret.registry" . | fromYaml) -}}
{{- end -}}
{{- $_ := set $files "registries" $registries -}}
{{- toYaml (mergeOverwrite $config $files) -}}
{{- end -}}

{{/* One entry of registries, whatever its type: its Secret's files stand in its section under their keys. */}}
{{- define "pull-secret.registry" -}}
{{- $folder := printf "/etc/hyperfleet/registries/%s" .id -}}
{{- $entry := omit (deepCopy .) "existingSecret" "secretFiles" "caKey" "volume" -}}
{{- if .caKey -}}
{{- $_ := set $entry "ca_file" (printf "%s/ca_file" $folder) -}}
{{- end -}}
{{- $section := default dict $entry.config -}}
{{- range $key, $_ := .secretFiles -}}
{{- $_ := set $section $key (printf "%s/%s" $folder $key) -}}
{{- end -}}
{{- $_ := set $entry "config" $section -}}
{{- toYaml $entry -}}
{{- end -}}
