# One image for API and worker: Node runs the TypeScript sources as they are.
FROM node:24
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
USER node
CMD ["npm", "run", "api"]
