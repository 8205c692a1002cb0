# syntax=docker/dockerfile:1
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Only the build needs scripts, and none of the packages that it uses has one that matters here.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/bin ./bin
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/seeds ./seeds
COPY --from=build --chown=root:root /app/node_modules ./node_modules
# What a volume that is mounted here belongs to.
RUN install -d -o node -g node -m 700 /var/lib/duban/evidence
USER node
EXPOSE 3000
ENTRYPOINT ["node", "bin/duban.js"]
CMD ["--help"]
