# Tags move. A release names both by digest, see docs/run-it-yourself.md.
ARG BUILD_IMAGE=registry.access.redhat.com/ubi9/nodejs-24:9.8
ARG BASE_IMAGE=registry.access.redhat.com/ubi9/nodejs-24-minimal:9.8

FROM ${BUILD_IMAGE} AS build
USER 0
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts --include=dev --include=optional \
    && npx tsc -b packages/shells/cli \
    && node packages/proofs/workbench/bin/image-files.mjs /image /source-maps \
    && chmod -R a+rX,go-w /image

# Not a part of the image: `--target source-maps --output FOLDER` keeps them for whoever reads a stack trace.
FROM scratch AS source-maps
COPY --from=build /source-maps /

FROM ${BASE_IMAGE}
ARG APP_VERSION=0.0.0-dev
ARG APP_REVISION=unknown
LABEL name="hyperfleet-pull-secret-service" \
      vendor="Red Hat, Inc." \
      version="${APP_VERSION}" \
      summary="HyperFleet Pull Secret Service" \
      description="Gives each cluster its own pull secret: created at the registries, stored encrypted, revoked for certain." \
      io.k8s.display-name="HyperFleet Pull Secret Service" \
      io.k8s.description="Gives each cluster its own pull secret: created at the registries, stored encrypted, revoked for certain." \
      org.opencontainers.image.title="hyperfleet-pull-secret-service" \
      org.opencontainers.image.version="${APP_VERSION}" \
      org.opencontainers.image.revision="${APP_REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /image /opt/pull-secret
ENV NODE_ENV=production \
    HOME=/nonexistent \
    PATH=/opt/pull-secret/bin:${PATH}
WORKDIR /opt/pull-secret
USER 65532:65532
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
# For Docker and Podman, which know exit code 1 alone. Kubernetes has probes of its own.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD pull-secret health || exit 1
ENTRYPOINT ["pull-secret"]
CMD ["serve"]
