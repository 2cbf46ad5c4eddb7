{{/* The pod that migrates, which has the address of the database and nothing else. */}}
{{- define "pull-secret.migrationPod" -}}
{{- $values := .Values -}}
{{- $secret := default $values.database.existingSecret $values.migrations.existingSecret -}}
{{- $address := dict "root" . "secret" $secret "urlKey" $values.migrations.urlKey -}}
metadata:
  {{- include "pull-secret.podMetadata" (dict "root" . "component" "migration") | nindent 2 }}
spec:
  {{- include "pull-secret.podCommon" (dict "root" . "usesKubernetes" false) | nindent 2 }}
  restartPolicy: Never
  containers:
    - {{- include "pull-secret.container" . | nindent 6 }}
      args: [migrate]
      volumeMounts:
        - { name: files, mountPath: /etc/hyperfleet, readOnly: true }
  volumes:
    - name: files
      projected:
        defaultMode: 0440
        sources:
          {{- include "pull-secret.databaseFiles" $address | nindent 10 }}
{{- end -}}
