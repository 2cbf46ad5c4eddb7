{{/* What every pod has. Takes the root, the component and whether it needs a token of the Kubernetes API. */}}
{{- define "pull-secret.podMetadata" -}}
{{- $values := .root.Values -}}
labels:
  {{- include "pull-secret.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with $values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  checksum/config: {{ include (print .root.Template.BasePath "/configmap.yaml") .root | sha256sum }}
  {{- with $values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "pull-secret.podCommon" -}}
{{- $values := .root.Values -}}
# Variables of Services would look like settings.
enableServiceLinks: false
automountServiceAccountToken: {{ .usesKubernetes }}
serviceAccountName: {{ include "pull-secret.serviceAccount" .root | quote }}
securityContext:
  {{- toYaml $values.podSecurityContext | nindent 2 }}
{{- with $values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "pull-secret.container" -}}
name: pull-secret
image: {{ include "pull-secret.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
{{- with .Values.extraEnv }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Certificates of clients cannot come from a probe, so that mutual TLS leaves it the connection alone. */}}
{{- define "pull-secret.probe" -}}
{{- $tls := .root.Values.tls -}}
{{- if and $tls.existingSecret $tls.clientCaKey -}}
tcpSocket: { port: api }
{{- else -}}
httpGet: { path: {{ .path }}, port: api, scheme: {{ empty $tls.existingSecret | ternary "HTTP" "HTTPS" }} }
{{- end -}}
{{- end -}}
