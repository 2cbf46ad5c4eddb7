{{- define "pull-secret.name" -}}
{{- default "pull-secret-service" .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "pull-secret.fullname" -}}
{{- $suffix := eq .Values.mode "global" | ternary "-global" "" -}}
{{- default (print (include "pull-secret.name" .) $suffix) .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "pull-secret.serviceAccount" -}}
{{- default (include "pull-secret.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{/* What names the pods of the server for ever: a selector cannot change. */}}
{{- define "pull-secret.selector" -}}
app.kubernetes.io/name: {{ include "pull-secret.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "pull-secret.serverSelector" -}}
{{ include "pull-secret.selector" . }}
app.kubernetes.io/component: server
{{- end -}}

{{- define "pull-secret.labels" -}}
{{ include "pull-secret.selector" . }}
app.kubernetes.io/part-of: hyperfleet
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "pull-secret.image" -}}
{{- $image := .Values.image -}}
{{- if or (eq $image.registry "CHANGE_ME") (eq $image.repository "CHANGE_ME") -}}
{{- fail "set image.registry and image.repository to where your image is" -}}
{{- end -}}
{{- if $image.digest -}}
{{ printf "%s/%s@%s" $image.registry $image.repository $image.digest }}
{{- else -}}
{{ printf "%s/%s:%s" $image.registry $image.repository (required "image.tag or image.digest is required" $image.tag) }}
{{- end -}}
{{- end -}}

{{- define "pull-secret.minReplicas" -}}
{{- eq .Values.mode "global" | ternary 5 3 -}}
{{- end -}}
