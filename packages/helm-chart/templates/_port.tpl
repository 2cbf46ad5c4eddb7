{{/* The port of an http or https address. */}}
{{- define "pull-secret.portOf" -}}
{{- $address := urlParse . -}}
{{- $usual := eq $address.scheme "http" | ternary "80" "443" -}}
{{- default $usual (regexFind "[0-9]+$" (regexFind ":[0-9]+$" $address.host)) -}}
{{- end -}}
