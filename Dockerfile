# Tags move. A release names both by digest, see docs/run-it-yourself.md.
ARG BUILD_IMAGE=registry.access.redhat.com/ubi9/nodejs-24:9.8
ARG RUNTIME_IMAGE=registry.access.redhat.com/ubi9/nodejs-24-minimal:9.8

FROM ${BUILD_IMAGE} AS build
USER 0
WORKDIR /build
COPY . .
# The base image brings Node itself, so that the optional binaries of it are left out.
RUN npm ci --ignore-scripts --include=dev --omit=optional \
    && npx tsc -b packages/shells/cli \
    && node packages/proofs/workbench/bin/image-files.mjs /image \
    && chmod -R a+rX,go-w /image

FROM ${RUNTIME_IMAGE}
ARG APP_VERSION=0.0.0-dev
LABEL name="hyperfleet-pull-secret-service" \
      vendor="Red Hat, Inc." \
      version="${APP_VERSION}" \
      summary="HyperFleet Pull Secret Service" \
      description="Gives each cluster its own pull secret: created at the registries, stored encrypted, revoked for certain."
COPY --from=build /image /opt/pull-secret
ENV NODE_ENV=production \
    PATH=/opt/pull-secret/bin:${PATH}
WORKDIR /opt/pull-secret
USER 65532:65532
EXPOSE 8080 8081
ENTRYPOINT ["pull-secret"]
CMD ["serve"]
