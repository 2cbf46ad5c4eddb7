ARG BASE_TAG=9.8

FROM registry.access.redhat.com/ubi9/nodejs-24:${BASE_TAG} AS build
USER 0
WORKDIR /build
COPY . .
# The base image brings Node itself, so that the optional binaries of it are left out.
RUN npm ci --include=dev --omit=optional && npx tsc -b packages/shells/cli
# Workspaces that only specs use would be linked too, as long as any package names them.
RUN npm pkg delete devDependencies --workspaces --include-workspace-root \
    && npm ci --omit=dev --omit=optional --workspace=@pull-secret/cli
# Of the workspaces, only what the program is linked to, and of these only what is run.
RUN mkdir -p /image/bin \
    && cp -R package.json LICENSE node_modules /image/ \
    && rm -rf /image/node_modules/.bin /image/node_modules/.cache \
    && for link in node_modules/@pull-secret/*; do \
         package=$(realpath --relative-to=. "$link"); \
         mkdir -p "/image/$package"; \
         for part in package.json dist bin node_modules; do \
           if [ -e "$package/$part" ]; then cp -R "$package/$part" "/image/$package/" || exit 1; fi; \
         done; \
       done \
    && ln -s ../packages/shells/cli/bin/pull-secret.mjs /image/bin/pull-secret \
    && find /image -name '*.map' -delete \
    && chmod -R a+rX,go-w /image

FROM registry.access.redhat.com/ubi9/nodejs-24-minimal:${BASE_TAG}
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
